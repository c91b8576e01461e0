/// What the exchanges of a service have come to, counted per event loop and merged on reading.
@NullMarked
package dev.ringmaster.gateway.ledger;

import org.jspecify.annotations.NullMarked;
