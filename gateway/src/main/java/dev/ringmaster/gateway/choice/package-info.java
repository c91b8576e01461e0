/// Which replica a request goes to, and why.
@NullMarked
package dev.ringmaster.gateway.choice;

import org.jspecify.annotations.NullMarked;
