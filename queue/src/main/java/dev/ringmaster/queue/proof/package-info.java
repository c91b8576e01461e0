/// What every proof of the queue asserts.
@NullMarked
package dev.ringmaster.queue.proof;

import org.jspecify.annotations.NullMarked;
