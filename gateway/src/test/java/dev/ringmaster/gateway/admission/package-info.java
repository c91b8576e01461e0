/// Tests of who may come in and who waits.
@NullMarked
package dev.ringmaster.gateway.admission;

import org.jspecify.annotations.NullMarked;
