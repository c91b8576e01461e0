/// The bundled replica server: `/home` and `/heartbeat` of the classic contract, and, when switched
/// on, the endpoints that tests and the lab need. Built on the JDK alone, so that it starts fast.
@NullMarked
package dev.ringmaster.server;

import org.jspecify.annotations.NullMarked;
