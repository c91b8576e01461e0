/// What Ringmaster answers itself, instead of a replica.
@NullMarked
package dev.ringmaster.gateway.own;

import org.jspecify.annotations.NullMarked;
