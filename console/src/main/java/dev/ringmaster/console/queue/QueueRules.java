package dev.ringmaster.console.queue;

import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.queue.read.CallbackRule;

/// Who may do what with queues.
///
/// @param control who may change them
/// @param consumers who may come for messages
/// @param callbacks where results may be posted
public record QueueRules(ControlAccess control, Consumers consumers, CallbackRule callbacks) {

  /// The same rules for the console's port.
  public QueueRules onConsole() {
    return new QueueRules(control.onConsole(), consumers, callbacks);
  }
}
