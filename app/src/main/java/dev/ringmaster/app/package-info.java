/// The app room; its first sentence is written with its code.
@NullMarked
package dev.ringmaster.app;

import org.jspecify.annotations.NullMarked;
