/// What may be set about the data plane, as immutable values with their defaults.
@NullMarked
package dev.ringmaster.gateway.settings;

import org.jspecify.annotations.NullMarked;
