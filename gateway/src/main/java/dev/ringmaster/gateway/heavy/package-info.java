/// Which keys are hotter than a seat's fair share, counted by each event loop and judged beside
/// them.
@NullMarked
package dev.ringmaster.gateway.heavy;

import org.jspecify.annotations.NullMarked;
