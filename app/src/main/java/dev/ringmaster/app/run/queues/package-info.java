/// The queues of a running Ringmaster: opened when they are needed, made from settings.
@NullMarked
package dev.ringmaster.app.run.queues;

import org.jspecify.annotations.NullMarked;
