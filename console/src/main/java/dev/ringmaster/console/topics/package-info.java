/// The classic names of the sharded queue: topics, producers and consumers.
@NullMarked
package dev.ringmaster.console.topics;

import org.jspecify.annotations.NullMarked;
