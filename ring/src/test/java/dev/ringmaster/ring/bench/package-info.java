/// Benchmarks of lookups, run by `bench/ring`; no test runs them.
@NullMarked
package dev.ringmaster.ring.bench;

import org.jspecify.annotations.NullMarked;
