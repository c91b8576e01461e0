/// Ringmaster as a user drives it: a child process, its ports, its console, its replicas'
/// processes.
@NullMarked
package dev.ringmaster.lab.product;

import org.jspecify.annotations.NullMarked;
