/// The HTTP/1.1 codec: heads kept as an index of offsets over their own bytes, body framing
/// followed without re-encoding, outgoing heads written by copying ranges (RFC 9110, RFC 9112).
@NullMarked
package dev.ringmaster.gateway.http1;

import org.jspecify.annotations.NullMarked;
