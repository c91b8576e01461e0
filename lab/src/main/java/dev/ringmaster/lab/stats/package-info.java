/// Medians and spreads of what was counted; pure.
@NullMarked
package dev.ringmaster.lab.stats;

import org.jspecify.annotations.NullMarked;
