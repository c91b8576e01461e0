/// Event loops and sockets, over whichever of io_uring, epoll and NIO works here.
@NullMarked
package dev.ringmaster.gateway.transport;

import org.jspecify.annotations.NullMarked;
