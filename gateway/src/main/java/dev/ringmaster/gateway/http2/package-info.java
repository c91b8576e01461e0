/// HTTP/2 at the edge: each stream carries one exchange, whose frames are translated to the bytes
/// of HTTP/1.1 and back (RFC 9113), so that all behind it knows one protocol only.
@NullMarked
package dev.ringmaster.gateway.http2;

import org.jspecify.annotations.NullMarked;
