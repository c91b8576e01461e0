/// Replicas as processes of this machine.
@NullMarked
package dev.ringmaster.fleet.runtime.process;

import org.jspecify.annotations.NullMarked;
