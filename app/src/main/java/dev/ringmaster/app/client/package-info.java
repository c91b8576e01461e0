/// Clients of a running Ringmaster's control API, and how they show what it answers.
@NullMarked
package dev.ringmaster.app.client;

import org.jspecify.annotations.NullMarked;
