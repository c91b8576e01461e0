/// The wiring: makes the rooms from the settings, starts and stops them in order.
@NullMarked
package dev.ringmaster.app.run;

import org.jspecify.annotations.NullMarked;
