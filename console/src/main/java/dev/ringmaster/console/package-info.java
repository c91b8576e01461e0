/// The control API, its access rules and the metrics: what an operator sees of a running
/// Ringmaster.
@NullMarked
package dev.ringmaster.console;

import org.jspecify.annotations.NullMarked;
