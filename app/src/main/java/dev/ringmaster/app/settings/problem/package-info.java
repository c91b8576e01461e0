/// What is wrong with settings, and where.
@NullMarked
package dev.ringmaster.app.settings.problem;

import org.jspecify.annotations.NullMarked;
