/// The four experiments of the contract, A-1 to A-4, and what they found.
@NullMarked
package dev.ringmaster.lab.experiment;

import org.jspecify.annotations.NullMarked;
