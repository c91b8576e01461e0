/// The Prometheus metrics, read from the ledger and the fleet when they are scraped.
@NullMarked
package dev.ringmaster.console.metrics;

import org.jspecify.annotations.NullMarked;
