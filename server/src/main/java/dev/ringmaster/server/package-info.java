/// The server room; its first sentence is written with its code.
@NullMarked
package dev.ringmaster.server;

import org.jspecify.annotations.NullMarked;
