/// Tests of the order of lanes.
@NullMarked
package dev.ringmaster.queue.lane;

import org.jspecify.annotations.NullMarked;
