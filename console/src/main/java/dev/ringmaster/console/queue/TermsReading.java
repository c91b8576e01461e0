package dev.ringmaster.console.queue;

import dev.ringmaster.queue.control.QueueTerms;
import org.jspecify.annotations.Nullable;

/// Reads a queue's terms as they are written in the settings file.
public interface TermsReading {

  /// Reads them.
  ///
  /// @param name of the queue
  /// @param json a JSON object, or nothing for the defaults
  /// @param before the terms of the queue that is there; null if there is none
  /// @throws IllegalArgumentException if they are wrong; the message says all that is
  QueueTerms read(String name, String json, @Nullable QueueTerms before);
}
