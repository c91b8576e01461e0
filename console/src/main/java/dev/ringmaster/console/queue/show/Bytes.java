package dev.ringmaster.console.queue.show;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/// Bytes in JSON: as text where they are UTF-8, else in Base64 under a name that says so.
final class Bytes {
  private Bytes() {}

  /// Puts `name` or `name64`.
  static void put(ObjectNode node, String name, byte[] bytes) {
    try {
      node.put(name, UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notText) {
      node.put(name + "64", Base64.getEncoder().encodeToString(bytes));
    }
  }
}
