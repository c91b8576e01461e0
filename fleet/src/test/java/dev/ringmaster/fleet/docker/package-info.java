/// Tests of the Docker runtime; those that need an engine are skipped where none answers.
@NullMarked
package dev.ringmaster.fleet.docker;

import org.jspecify.annotations.NullMarked;
