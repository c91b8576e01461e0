/// What the loads should be: balls into bins, the classic ring exactly, rings of random points.
@NullMarked
package dev.ringmaster.lab.theory;

import org.jspecify.annotations.NullMarked;
