/// Reloads of the settings, as the console asks for them and tells of them.
@NullMarked
package dev.ringmaster.console.reload;

import org.jspecify.annotations.NullMarked;
