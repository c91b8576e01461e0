/// The laboratory against the program as it is shipped.
@NullMarked
package dev.ringmaster.app.lab;

import org.jspecify.annotations.NullMarked;
