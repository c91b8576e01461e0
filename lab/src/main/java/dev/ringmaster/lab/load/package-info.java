/// Honest load: many keep-alive connections, each request's latency, answer and fate.
@NullMarked
package dev.ringmaster.lab.load;

import org.jspecify.annotations.NullMarked;
