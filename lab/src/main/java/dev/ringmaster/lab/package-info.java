/// The lab room; its first sentence is written with its code.
@NullMarked
package dev.ringmaster.lab;

import org.jspecify.annotations.NullMarked;
