/// Both sides of a gateway, scripted on raw sockets.
@NullMarked
package dev.ringmaster.gateway.testing;

import org.jspecify.annotations.NullMarked;
