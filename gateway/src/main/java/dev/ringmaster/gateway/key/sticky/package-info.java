/// Stickiness by a signed cookie: a key that Ringmaster gives to clients that have none.
@NullMarked
package dev.ringmaster.gateway.key.sticky;

import org.jspecify.annotations.NullMarked;
