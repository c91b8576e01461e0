/// The commands of the command line.
@NullMarked
package dev.ringmaster.app.command;

import org.jspecify.annotations.NullMarked;
