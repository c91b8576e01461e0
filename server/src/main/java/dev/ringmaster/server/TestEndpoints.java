package dev.ringmaster.server;

import dev.ringmaster.server.http.Exchange;
import dev.ringmaster.server.http.Field;
import dev.ringmaster.server.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What tests and the lab need of a replica, any method:
///
/// | path | what it does |
/// |---|---|
/// | `/test/delay/MS` | waits, at most a minute, then answers as `/home` does |
/// | `/test/status/CODE` | answers with a status from 200 to 599 and a JSON body |
/// | `/test/size/BYTES` | that many bytes, with `Content-Length` |
/// | `/test/chunked/BYTES` | that many bytes in chunks |
/// | `/test/slow/BYTES/MS` | that many bytes one by one, so long after each other |
/// | `/test/echo` | the request's body, streamed back as it comes |
/// | `/test/headers` | the request line and header fields as they came, in JSON |
/// | `/test/close` | answers as `/home` does and closes the connection |
/// | `/test/break` | begins an answer, then resets the connection |
/// | `/test/break/early` | resets the connection without an answer |
/// | `/test/garbage` | something that is not HTTP |
///
/// A number that is none, or is out of its range, is answered 400.
final class TestEndpoints {
  private static final long MAX_DELAY_MS = 60_000;
  private static final long MAX_BYTES = 1L << 40;
  private static final int BLOCK_BYTES = 16 * 1024;
  private static final int BROKEN_AFTER_BYTES = 100;
  private static final String BYTES = "application/octet-stream";
  private static final byte[] BLOCK = new byte[BLOCK_BYTES];

  static {
    Arrays.fill(BLOCK, (byte) 'x');
  }

  private final byte[] home;

  TestEndpoints(byte[] home) {
    this.home = home;
  }

  /// Answers the request if the path is one of these.
  boolean answer(String path, Exchange exchange) throws IOException, InterruptedException {
    String[] parts = path.split("/", -1);
    if (parts.length < 3 || parts.length > 5 || !parts[1].equals("test")) {
      return false;
    }
    String first = parts.length > 3 ? parts[3] : "";
    String second = parts.length > 4 ? parts[4] : "";
    switch (String.join("/", parts[2], kind(first), kind(second))) {
      case "delay/N/" -> delay(first, exchange);
      case "status/N/" -> status(first, exchange);
      case "size/N/" -> size(first, true, exchange);
      case "chunked/N/" -> size(first, false, exchange);
      case "slow/N/N" -> slow(first, second, exchange);
      case "echo//" -> echo(exchange);
      case "headers//" -> headers(exchange);
      case "close//" -> {
        exchange.endConnection();
        exchange.answer(200, Endpoints.JSON, home);
      }
      case "break//" -> {
        exchange.stream(200, BYTES, BLOCK_BYTES).write(BLOCK, 0, BROKEN_AFTER_BYTES);
        exchange.breakOff();
      }
      case "break/early/" -> exchange.breakOff();
      case "garbage//" -> exchange.raw("this is not HTTP\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      default -> {
        return false;
      }
    }
    return true;
  }

  /// `N` for what can only be meant as a number, else the part itself.
  private static String kind(String part) {
    return part.isEmpty() || part.equals("early") ? part : "N";
  }

  private void delay(String ms, Exchange exchange) throws IOException, InterruptedException {
    long delayMs = number(ms, 0, MAX_DELAY_MS);
    if (delayMs < 0) {
      refuse("0 to " + MAX_DELAY_MS + " ms", exchange);
      return;
    }
    Thread.sleep(delayMs);
    exchange.answer(200, Endpoints.JSON, home);
  }

  private static void status(String code, Exchange exchange) throws IOException {
    long status = number(code, 200, 599);
    if (status < 0) {
      refuse("a status from 200 to 599", exchange);
      return;
    }
    exchange.answer((int) status, Endpoints.JSON, Json.message("as asked for: " + status, "test"));
  }

  private static void size(String bytes, boolean known, Exchange exchange) throws IOException {
    long left = number(bytes, 0, MAX_BYTES);
    if (left < 0) {
      refuse("0 to " + MAX_BYTES + " bytes", exchange);
      return;
    }
    exchange.body().drain();
    OutputStream out = exchange.stream(200, BYTES, known ? left : Exchange.UNKNOWN);
    boolean wanted = !exchange.request().isHead();
    while (wanted && left > 0) {
      int count = (int) Math.min(left, BLOCK_BYTES);
      out.write(BLOCK, 0, count);
      left -= count;
    }
    out.close();
  }

  private static void slow(String bytes, String ms, Exchange exchange)
      throws IOException, InterruptedException {
    long size = number(bytes, 0, MAX_BYTES);
    long pauseMs = number(ms, 0, MAX_DELAY_MS);
    if (size < 0 || pauseMs < 0) {
      refuse("0 to " + MAX_BYTES + " bytes and 0 to " + MAX_DELAY_MS + " ms", exchange);
      return;
    }
    exchange.body().drain();
    OutputStream out = exchange.stream(200, BYTES, size);
    boolean wanted = !exchange.request().isHead();
    for (long i = 0; wanted && i < size; i++) {
      Thread.sleep(pauseMs);
      out.write(BLOCK, 0, 1);
    }
    out.close();
  }

  /// The head is held back until the first bytes are there, so that a body that is broken from its
  /// beginning is still answered 400. A body that breaks later ends the answer unfinished.
  private static void echo(Exchange exchange) throws IOException {
    InputStream in = exchange.body();
    byte[] block = new byte[BLOCK_BYTES];
    int count = in.read(block, 0, block.length);
    String type = BYTES;
    for (Field field : exchange.request().fields()) {
      type = field.name().equalsIgnoreCase("content-type") ? field.value() : type;
    }
    OutputStream out = exchange.stream(200, type, exchange.request().framing().length());
    while (count >= 0) {
      out.write(block, 0, count);
      count = in.read(block, 0, block.length);
    }
    out.close();
  }

  private static void headers(Exchange exchange) throws IOException {
    StringBuilder json = new StringBuilder("{\"method\":");
    Json.quote(json, exchange.request().method());
    Json.quote(json.append(",\"path\":"), exchange.request().path());
    Json.quote(json.append(",\"query\":"), exchange.request().query());
    json.append(",\"headers\":[");
    String comma = "";
    for (Field field : exchange.request().fields()) {
      Json.quote(json.append(comma).append('['), field.name());
      Json.quote(json.append(','), field.value());
      json.append(']');
      comma = ",";
    }
    json.append("]}");
    exchange.answer(200, Endpoints.JSON, json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void refuse(String expected, Exchange exchange) throws IOException {
    exchange.answer(400, Endpoints.JSON, Json.failure("<Error> expected " + expected));
  }

  /// The number, or -1 if it is none from `min` to `max`.
  private static long number(String text, long min, long max) {
    try {
      long number = Long.parseLong(text);
      return number < min || number > max ? -1 : number;
    } catch (NumberFormatException none) {
      return -1;
    }
  }
}
