/// How the console answers: JSON shapes, and a table of paths and methods.
@NullMarked
package dev.ringmaster.console.answer;

import org.jspecify.annotations.NullMarked;
