/// A JSON pointer, and the scan that finds its value in a text that comes in pieces.
@NullMarked
package dev.ringmaster.gateway.key.json;

import org.jspecify.annotations.NullMarked;
