package dev.ringmaster.console.answer;

import dev.ringmaster.gateway.own.Answer;
import java.util.List;
import java.util.Map;

/// The shape in which the classic contract answers: `{"message":…,"status":"successful"}`, or
/// `{"message":"<Error> …","status":"failure"}`.
public final class Answers {
  private static final String JSON = "application/json";

  private record Body(Object message, String status) {}

  private Answers() {}

  /// 200 with a message of any JSON shape.
  public static Answer success(Object message) {
    return Answer.json(200, Json.write(new Body(message, "successful")));
  }

  /// A failure.
  ///
  /// @param reason a sentence without the mark `<Error>`, which is put before it
  public static Answer failure(int status, String reason) {
    return Answer.json(status, failureBody(reason));
  }

  /// A failure with one more header.
  public static Answer failure(int status, String reason, String header, String value) {
    return new Answer(status, Map.of("Content-Type", JSON, header, value), failureBody(reason));
  }

  /// 405 with the methods that are allowed.
  public static Answer wrongMethod(String path, List<String> allowed) {
    String methods = String.join(", ", allowed);
    return failure(405, "Method not allowed: '" + path + "' takes " + methods, "Allow", methods);
  }

  private static String failureBody(String reason) {
    return Json.write(new Body("<Error> " + reason, "failure"));
  }
}
