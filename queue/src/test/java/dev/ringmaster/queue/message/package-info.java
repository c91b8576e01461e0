/// Tests of ids, slots and tables.
@NullMarked
package dev.ringmaster.queue.message;

import org.jspecify.annotations.NullMarked;
