package dev.ringmaster.fleet.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The processes that belong to a replica: the one that was started and all that came of it.
final class ProcessTree {
  private ProcessTree() {}

  /// Those that live: the root, its descendants, and those that lost their parent but not the
  /// session that the root leads.
  static List<ProcessHandle> of(Pid root) {
    Map<Long, ProcessHandle> tree = new HashMap<>();
    if (root.alive()) {
      ProcessHandle.of(root.pid())
          .ifPresent(handle -> {
            tree.put(handle.pid(), handle);
            handle.descendants().forEach(child -> tree.put(child.pid(), child));
          });
      addSession(root.pid(), handle -> true, tree);
    }
    return List.copyOf(tree.values());
  }

  /// Those that outlived their root. Its session's number may have been used again if none did, so
  /// each must carry the replica's mark in its environment.
  static List<ProcessHandle> orphansOf(Pid root, String mark) {
    Map<Long, ProcessHandle> tree = new HashMap<>();
    addSession(root.pid(), handle -> environment(handle).contains(mark), tree);
    return List.copyOf(tree.values());
  }

  private static void addSession(
      long session, Predicate<ProcessHandle> belongs, Map<Long, ProcessHandle> into) {
    ProcessHandle.allProcesses()
        .filter(handle -> Pid.sessionOf(handle.pid()) == session)
        .filter(belongs)
        .forEach(handle -> into.put(handle.pid(), handle));
  }

  /// The processes whose environment holds an entry that starts so, without those whose parent does
  /// as well.
  static List<ProcessHandle> marked(String prefix) {
    List<ProcessHandle> roots = new ArrayList<>();
    ProcessHandle.allProcesses()
        .filter(handle -> hasMark(handle, prefix))
        .filter(handle -> handle.parent().map(parent -> !hasMark(parent, prefix)).orElse(true))
        .forEach(roots::add);
    return roots;
  }

  private static boolean hasMark(ProcessHandle handle, String prefix) {
    return environment(handle).stream().anyMatch(entry -> entry.startsWith(prefix));
  }

  /// The environment that a process was started with, as `NAME=value`; empty if it may not be read.
  static List<String> environment(ProcessHandle handle) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc/" + handle.pid() + "/environ"));
      return List.of(new String(bytes, UTF_8).split("\0"));
    } catch (IOException e) {
      return List.of(); // It has ended, belongs to someone else, or this system has no /proc.
    }
  }
}
