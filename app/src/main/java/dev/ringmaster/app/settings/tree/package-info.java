/// A settings file as a tree whose nodes know their lines.
@NullMarked
package dev.ringmaster.app.settings.tree;

import org.jspecify.annotations.NullMarked;
