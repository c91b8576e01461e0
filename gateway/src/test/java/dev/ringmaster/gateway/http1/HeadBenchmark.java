package dev.ringmaster.gateway.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/// Nanoseconds a request head: parsed, parsed and written for a replica, and through Netty's
/// decoder. A program, not a test; the median of the rounds counts on a shared machine.
///
/// Netty's figure includes what its embedded channel adds to each message, some tens of
/// nanoseconds.
public final class HeadBenchmark {
  private static final int HEADS = 100_000;
  private static final int ROUNDS = 25;
  private static final String WRK =
      Table.lines(
          "GET /home/abcdefghijkl HTTP/1.1",
          "Host: 127.0.0.1:5000",
          "User-Agent: wrk/4.1",
          "Accept: */*",
          "",
          "");
  private static final String BROWSER =
      "GET /shop/items/4711?colour=green&size=xl HTTP/1.1\r\nHost: www.example.com\r\n"
          + "Connection: keep-alive\r\nCache-Control: max-age=0\r\nUpgrade-Insecure-Requests: 1\r\n"
          + "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/126.0.0.0 Safari/537.36\r\nAccept: text/html,application/xhtml+xml,"
          + "application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\nSec-Fetch-Site: same-origin\r\n"
          + "Sec-Fetch-Mode: navigate\r\nReferer: https://www.example.com/shop/items?page=3\r\n"
          + "Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-GB,en;q=0.9,de;q=0.8\r\n"
          + "Cookie: session=0123456789abcdef0123456789abcdef; theme=dark; cart=7\r\n\r\n";

  private HeadBenchmark() {}

  public static void main(String[] args) {
    for (String text : new String[] {WRK, BROWSER}) {
      byte[] message = Table.ascii(text);
      ByteBuf in = Unpooled.directBuffer(message.length).writeBytes(message);
      System.out.printf("%d bytes%n", message.length);
      RequestHead head = new RequestHead(Limits.DEFAULT);
      report("  parse        ", in, buffer -> parsed(head, buffer));
      ByteBuf out = Unpooled.directBuffer(4096);
      Forwarding forwarding =
          new Forwarding(Forwarding.Trust.REPLACE, "127.0.0.1", "http", "localhost:5000");
      report("  parse + write", in, buffer -> written(head, buffer, out, forwarding));
      EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
      report("  Netty decoder", in, buffer -> decoded(channel, buffer));
      channel.finishAndReleaseAll();
      in.release();
      out.release();
    }
  }

  private static int parsed(RequestHead head, ByteBuf in) {
    head.reset();
    return head.parse(in) == Outcome.COMPLETE ? head.headerCount() : -1;
  }

  private static int written(RequestHead head, ByteBuf in, ByteBuf out, Forwarding forwarding) {
    parsed(head, in);
    out.clear();
    HeadWriter.request(out, head, forwarding, Passing.PLAIN);
    return out.readableBytes();
  }

  private static int decoded(EmbeddedChannel channel, ByteBuf in) {
    channel.writeInbound(in.retainedDuplicate());
    int count = 0;
    for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
      ReferenceCountUtil.release(part);
      count++;
    }
    return count;
  }

  private static void report(String name, ByteBuf in, ToIntFunction<ByteBuf> work) {
    double[] ns = new double[ROUNDS];
    long sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < HEADS; i++) {
        in.readerIndex(0);
        sum += work.applyAsInt(in);
      }
      ns[round] = (double) (System.nanoTime() - start) / HEADS;
    }
    Arrays.sort(ns);
    System.out.printf(
        "%s  median %6.0f ns  best %6.0f ns  (%d)%n", name, ns[ROUNDS / 2], ns[0], sum);
  }
}
