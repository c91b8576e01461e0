/// Who may change the fleet.
@NullMarked
package dev.ringmaster.console.access;

import org.jspecify.annotations.NullMarked;
