/// Who is next in a log: lanes that keep the order of their keys, pure, without clock or disk.
@NullMarked
package dev.ringmaster.queue.lane;

import org.jspecify.annotations.NullMarked;
