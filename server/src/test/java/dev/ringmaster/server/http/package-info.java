/// Tests of heads, bodies and dates.
@NullMarked
package dev.ringmaster.server.http;

import org.jspecify.annotations.NullMarked;
