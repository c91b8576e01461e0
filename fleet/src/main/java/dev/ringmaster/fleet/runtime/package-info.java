/// What starts and stops replicas: the seam, and one package for each way of running them.
@NullMarked
package dev.ringmaster.fleet.runtime;

import org.jspecify.annotations.NullMarked;
