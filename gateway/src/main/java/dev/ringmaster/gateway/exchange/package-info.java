/// The life of a request, told by [dev.ringmaster.gateway.exchange.Exchange], and the connections
/// it lives on. All of it runs on the event loop of the client's connection.
@NullMarked
package dev.ringmaster.gateway.exchange;

import org.jspecify.annotations.NullMarked;
