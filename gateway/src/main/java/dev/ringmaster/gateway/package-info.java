/// The life of a request: listeners, key rules, upstream pools, retries, ledger.
@NullMarked
package dev.ringmaster.gateway;

import org.jspecify.annotations.NullMarked;
