/// Whether a failed try is followed by another.
@NullMarked
package dev.ringmaster.gateway.retry;

import org.jspecify.annotations.NullMarked;
