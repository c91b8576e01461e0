/// Words for people: the known name nearest to a wrong one.
@NullMarked
package dev.ringmaster.app.text;

import org.jspecify.annotations.NullMarked;
