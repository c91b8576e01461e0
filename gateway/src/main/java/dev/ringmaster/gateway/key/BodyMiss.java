package dev.ringmaster.gateway.key;

/// Why a request's body gave no key, so that the next place of the rule was asked.
public enum BodyMiss {
  NO_BODY("the request has no body"),
  NOT_JSON("the body's Content-Type is not JSON"),
  ENCODED("the body has a Content-Encoding"),
  MALFORMED("the body is not valid JSON as far as it was read"),
  ABSENT("the body has no such value that can be a key"),
  TOO_LONG("the key was not complete within the bytes that are read for it");

  private final String reason;

  BodyMiss(String reason) {
    this.reason = reason;
  }

  /// For people; a half sentence.
  public String reason() {
    return reason;
  }
}
