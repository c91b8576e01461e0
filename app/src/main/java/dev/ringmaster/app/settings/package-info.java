/// What may be set: one catalog, from which flags, file keys, schema and documentation are made,
/// and the readers that turn flags and a file into checked values.
@NullMarked
package dev.ringmaster.app.settings;

import org.jspecify.annotations.NullMarked;
