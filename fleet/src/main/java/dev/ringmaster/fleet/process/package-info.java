/// Replicas as processes of this machine.
@NullMarked
package dev.ringmaster.fleet.process;

import org.jspecify.annotations.NullMarked;
