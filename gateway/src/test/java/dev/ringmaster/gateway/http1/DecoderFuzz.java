package dev.ringmaster.gateway.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.SplittableRandom;

/// What the fuzzer calls: one input is one message, and the properties of [MutationTest] must hold.
///
///     input = kind: 1 byte (modulo 3: request, answer, chunked body)  cuts: 1 byte (a seed)  message
public final class DecoderFuzz {
  private static final int HEADER_BYTES = 2;

  private DecoderFuzz() {}

  /// Judges one input; throws if a property does not hold.
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < HEADER_BYTES) {
      return;
    }
    byte[] message = Arrays.copyOfRange(input, HEADER_BYTES, input.length);
    int[] cuts = Table.randomCuts(new SplittableRandom(input[1]), message.length);
    int[] uncut = {0, message.length};
    switch (Math.floorMod(input[0], 3)) {
      case 0 -> request(message, cuts, uncut);
      case 1 -> answer(message, cuts, uncut);
      case 2 -> body(message, cuts, uncut);
      default -> throw new AssertionError("three kinds");
    }
  }

  private static void request(byte[] message, int[] cuts, int[] uncut) {
    RequestHead head = new RequestHead(Limits.DEFAULT);
    String cut = Described.request(head, message, cuts);
    String whole = Described.request(head, message, uncut);
    same(message, whole, cut);
    if (whole.startsWith("ok")) {
      Rewritten.check(head, 0);
    }
  }

  private static void answer(byte[] message, int[] cuts, int[] uncut) {
    ResponseHead head = new ResponseHead(Limits.DEFAULT);
    String cut = Described.response(head, Method.GET, message, cuts);
    String whole = Described.response(head, Method.GET, message, uncut);
    same(message, whole, cut);
    if (whole.startsWith("ok") && head.status() >= 200) {
      Rewritten.check(head, 0);
    }
  }

  private static void body(byte[] message, int[] cuts, int[] uncut) {
    BodyReader reader = new BodyReader(Limits.DEFAULT);
    Runnable start = () -> reader.start(Framing.CHUNKED, -1);
    same(
        message,
        Described.body(reader, start, message, uncut),
        Described.body(reader, start, message, cuts));
  }

  private static void same(byte[] message, String whole, String cut) {
    if (!whole.equals(cut)) {
      throw new AssertionError(
          "%s: whole %s, cut %s"
              .formatted(Described.shown(new String(message, ISO_8859_1)), whole, cut));
    }
  }
}
