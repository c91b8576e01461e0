/// Whom a request comes from: trusted proxies, what they say of the hops before them, and the PROXY
/// protocol.
@NullMarked
package dev.ringmaster.gateway.trust;

import org.jspecify.annotations.NullMarked;
