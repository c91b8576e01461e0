/// How much of its share of the keys a seat takes: its configured weight, slow start, ejection.
@NullMarked
package dev.ringmaster.fleet.weight;

import org.jspecify.annotations.NullMarked;
