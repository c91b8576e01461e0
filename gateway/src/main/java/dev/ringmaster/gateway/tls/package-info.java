/// TLS towards clients and towards replicas: certificates and keys from PEM files, checked and
/// reloaded.
@NullMarked
package dev.ringmaster.gateway.tls;

import org.jspecify.annotations.NullMarked;
