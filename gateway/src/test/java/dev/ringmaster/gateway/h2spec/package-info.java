/// The conformance suite h2spec, run against a gateway.
@NullMarked
package dev.ringmaster.gateway.h2spec;

import org.jspecify.annotations.NullMarked;
