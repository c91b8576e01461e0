/// What of a request is its key, and the key's hash.
@NullMarked
package dev.ringmaster.gateway.key;

import org.jspecify.annotations.NullMarked;
