/// One writer for a store: what many ask for at once becomes durable in one commit.
@NullMarked
package dev.ringmaster.queue.commit;

import org.jspecify.annotations.NullMarked;
