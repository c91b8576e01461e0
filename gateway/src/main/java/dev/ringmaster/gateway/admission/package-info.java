/// Who may come in, and who waits: the limits of each client, and the room where requests wait for
/// a replica that is at its limit. Shared by the event loops, without locks on the way of a
/// request.
@NullMarked
package dev.ringmaster.gateway.admission;

import org.jspecify.annotations.NullMarked;
