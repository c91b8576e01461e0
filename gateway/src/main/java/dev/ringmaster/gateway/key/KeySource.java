package dev.ringmaster.gateway.key;

import dev.ringmaster.gateway.key.json.JsonPointer;

/// One place of a request where a key may stand.
public sealed interface KeySource {

  /// The form that [KeyRule#parse] reads.
  String text();

  /// Drawn anew for each request; always there.
  record Random() implements KeySource {
    @Override
    public String text() {
      return "random";
    }
  }

  /// The request target with its query, as sent; always there.
  record Uri() implements KeySource {
    @Override
    public String text() {
      return "uri";
    }
  }

  /// The request target up to its query, as sent; always there.
  record Path() implements KeySource {
    @Override
    public String text() {
      return "path";
    }
  }

  /// The IP address of the peer; always there.
  record ClientAddress() implements KeySource {
    @Override
    public String text() {
      return "client-address";
    }
  }

  /// The value of the first header of a name (compared without regard to case), if not empty.
  record Header(String name) implements KeySource {
    @Override
    public String text() {
      return "header:" + name;
    }
  }

  /// The value of the first cookie of a name (compared exactly), if not empty.
  record Cookie(String name) implements KeySource {
    @Override
    public String text() {
      return "cookie:" + name;
    }
  }

  /// The value of the first query parameter of a name (compared exactly, as sent, before any
  /// decoding), if not empty.
  record Query(String name) implements KeySource {
    @Override
    public String text() {
      return "query:" + name;
    }
  }

  /// A value in a JSON body, if it is a string that is not empty, a number, true or false.
  ///
  /// @param pointer which value
  /// @param chars how many Unicode characters of it count, from the first on; [#ALL] for all
  record Body(JsonPointer pointer, int chars) implements KeySource {
    /// The whole value is the key.
    public static final int ALL = Integer.MAX_VALUE;

    @Override
    public String text() {
      return "body:" + pointer.text() + (chars == ALL ? "" : ":" + chars);
    }
  }

  /// A key that Ringmaster gives out itself, in a signed cookie of that name; always there, because
  /// a request without one gets a new one.
  record Sticky(String name) implements KeySource {
    @Override
    public String text() {
      return "sticky:" + name;
    }
  }
}
