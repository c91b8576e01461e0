/// What a gateway serves: its services, and which of them a request is for.
@NullMarked
package dev.ringmaster.gateway.route;

import org.jspecify.annotations.NullMarked;
