/// How a replica is judged: heartbeats, what the traffic saw, and the verdict on both.
@NullMarked
package dev.ringmaster.fleet.health;

import org.jspecify.annotations.NullMarked;
