/// HTTP/1.1 (RFC 9112) over one blocking socket, from the server's side: heads, bodies, answers.
@NullMarked
package dev.ringmaster.server.http;

import org.jspecify.annotations.NullMarked;
