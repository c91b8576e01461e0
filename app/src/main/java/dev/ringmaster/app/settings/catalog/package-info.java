/// What may be set: each setting with its kind, scope, default and meaning.
@NullMarked
package dev.ringmaster.app.settings.catalog;

import org.jspecify.annotations.NullMarked;
