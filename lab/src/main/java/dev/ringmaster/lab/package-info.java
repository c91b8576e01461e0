/// The laboratory: the contract's analysis, run on real replicas through the real product.
@NullMarked
package dev.ringmaster.lab;

import org.jspecify.annotations.NullMarked;
