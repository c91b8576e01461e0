/// Messages kept in PostgreSQL, which several processes share.
@NullMarked
package dev.ringmaster.queue.postgres;

import org.jspecify.annotations.NullMarked;
