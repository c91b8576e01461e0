/// The console room; its first sentence is written with its code.
@NullMarked
package dev.ringmaster.console;

import org.jspecify.annotations.NullMarked;
