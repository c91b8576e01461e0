package dev.ringmaster.gateway.key;

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
}
