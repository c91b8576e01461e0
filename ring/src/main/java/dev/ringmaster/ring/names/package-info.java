/// Lookup of things by name, with errors that help the one who mistyped.
@NullMarked
package dev.ringmaster.ring.names;

import org.jspecify.annotations.NullMarked;
