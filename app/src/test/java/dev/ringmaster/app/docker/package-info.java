/// The contract in real containers, with images built without a registry.
@NullMarked
package dev.ringmaster.app.docker;

import org.jspecify.annotations.NullMarked;
