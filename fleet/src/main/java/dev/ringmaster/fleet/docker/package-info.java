/// Runs each replica as a container of a Docker engine.
@NullMarked
package dev.ringmaster.fleet.docker;

import org.jspecify.annotations.NullMarked;
