/// Tests of the oracle itself.
@NullMarked
package dev.ringmaster.queue.proof;

import org.jspecify.annotations.NullMarked;
