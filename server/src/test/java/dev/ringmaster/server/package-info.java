/// Tests of the bundled server over real sockets.
@NullMarked
package dev.ringmaster.server;

import org.jspecify.annotations.NullMarked;
