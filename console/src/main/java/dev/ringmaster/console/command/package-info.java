/// The commands that change a fleet, read from JSON and handed to it: `/add`, `/rm`, drain.
@NullMarked
package dev.ringmaster.console.command;

import org.jspecify.annotations.NullMarked;
