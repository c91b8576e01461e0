/// The program's own log: one line an event on standard error, as key=value pairs (logfmt).
@NullMarked
package dev.ringmaster.app.log;

import org.jspecify.annotations.NullMarked;
