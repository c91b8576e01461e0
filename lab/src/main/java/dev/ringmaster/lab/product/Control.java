package dev.ringmaster.lab.product;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringmaster.lab.load.Connection;
import dev.ringmaster.lab.load.ExchangeFailure;
import dev.ringmaster.lab.load.Reply;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The console of a running Ringmaster, over one connection. For one thread at a time.
public final class Control implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] STATUS = Connection.request("GET", "/api/status", "");

  /// Longer than any command may take: `/add` answers when its replicas serve.
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(10);

  private final InetSocketAddress console;
  private @Nullable Connection connection;

  Control(InetSocketAddress console) {
    this.console = console;
  }

  /// Another connection to the same console.
  public Control another() {
    return new Control(console);
  }

  /// The fleet as it is now.
  public Status status() throws ProductFailure {
    Reply reply = exchange(STATUS);
    if (reply.status() != 200) {
      throw new ProductFailure("GET /api/status answered " + reply.status() + ": " + reply.text());
    }
    try {
      return JSON.readValue(reply.text(), Status.class);
    } catch (JsonProcessingException e) {
      throw new ProductFailure("GET /api/status answered what is no status: " + reply.text(), e);
    }
  }

  /// Sends a command that must be taken.
  ///
  /// @param path `/api/add` or `/api/rm`
  public void command(String path, String json) throws ProductFailure {
    Reply reply = exchange(Connection.jsonRequest("POST", path, json));
    if (reply.status() != 200) {
      throw new ProductFailure(
          "POST %s %s answered %d: %s".formatted(path, json, reply.status(), reply.text()));
    }
  }

  /// Polls the status until it is as wanted.
  ///
  /// @throws ProductFailure if it is not within the limit; the message shows the last status
  public Status await(Predicate<Status> wanted, Duration limit)
      throws ProductFailure, InterruptedException {
    long polls = limit.dividedBy(POLL);
    Status status = status();
    for (long i = 0; i < polls && !wanted.test(status); i++) {
      Thread.sleep(POLL);
      status = status();
    }
    if (!wanted.test(status)) {
      throw new ProductFailure("after " + limit.toSeconds() + " s the fleet still is " + status);
    }
    return status;
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private Reply exchange(byte[] request) throws ProductFailure {
    try {
      Connection open = connection;
      if (open == null) {
        open = Connection.open(console, ANSWER_LIMIT);
        connection = open;
      }
      Reply reply = open.exchange(request);
      if (!reply.reusable()) {
        close();
      }
      return reply;
    } catch (ExchangeFailure e) {
      close();
      throw new ProductFailure("the console at " + console + " does not answer", e);
    }
  }
}
