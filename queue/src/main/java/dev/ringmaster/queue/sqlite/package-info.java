/// Messages kept in a file by SQLite, within the process.
@NullMarked
package dev.ringmaster.queue.sqlite;

import org.jspecify.annotations.NullMarked;
