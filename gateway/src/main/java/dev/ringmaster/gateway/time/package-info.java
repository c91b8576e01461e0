/// Time-outs of many connections at the price of one timer.
@NullMarked
package dev.ringmaster.gateway.time;

import org.jspecify.annotations.NullMarked;
