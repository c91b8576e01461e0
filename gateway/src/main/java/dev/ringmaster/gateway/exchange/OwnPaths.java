package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/// The paths that Ringmaster answers itself, as bytes, so that a request's path is compared where
/// it lies.
final class OwnPaths {
  private final byte[][] paths;

  OwnPaths(Set<String> paths) {
    this.paths = new byte[paths.size()][];
    int i = 0;
    for (String path : paths) {
      this.paths[i++] = path.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  boolean has(RequestHead head) {
    for (byte[] path : paths) {
      int from = head.pathFrom();
      int to = head.pathTo();
      if (to - from == path.length && Arrays.equals(head.bytes(), from, to, path, 0, path.length)) {
        return true;
      }
    }
    return false;
  }
}
