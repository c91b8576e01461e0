package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.own.OwnEndpoints;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/// The paths that Ringmaster answers itself, as bytes, so that a request's path is compared where
/// it lies.
final class OwnPaths {
  private final byte[][] paths;
  private final byte[][] prefixes;

  OwnPaths(OwnEndpoints own) {
    this.paths = bytes(own.paths());
    this.prefixes = bytes(own.prefixes());
  }

  private static byte[][] bytes(Set<String> texts) {
    byte[][] bytes = new byte[texts.size()][];
    int i = 0;
    for (String text : texts) {
      bytes[i++] = text.getBytes(StandardCharsets.ISO_8859_1);
    }
    return bytes;
  }

  boolean has(RequestHead head) {
    int from = head.pathFrom();
    int to = head.pathTo();
    for (byte[] path : paths) {
      if (to - from == path.length && Arrays.equals(head.bytes(), from, to, path, 0, path.length)) {
        return true;
      }
    }
    for (byte[] prefix : prefixes) {
      int end = from + prefix.length;
      if (end <= to && Arrays.equals(head.bytes(), from, end, prefix, 0, prefix.length)) {
        return true;
      }
    }
    return false;
  }
}
