/// The program: its entry, and below it settings, log, wiring, commands and clients.
@NullMarked
package dev.ringmaster.app;

import org.jspecify.annotations.NullMarked;
