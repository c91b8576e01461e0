package dev.ringmaster.lab.experiment;

/// One request to an endpoint of the contract, what was expected and what came.
///
/// @param request method, path and body as sent
/// @param expectedStatus the status that the contract says
/// @param expectedText what the contract says that the body holds; empty if the body is empty
/// @param status the status that came; 0 if no answer came
/// @param text the body that came
/// @param ms milliseconds to the whole answer
public record EndpointCheck(
    String request, int expectedStatus, String expectedText, int status, String text, double ms) {

  /// Whether the answer is the contract's.
  public boolean passed() {
    boolean body = expectedText.isEmpty() ? text.isEmpty() : text.contains(expectedText);
    return status == expectedStatus && body;
  }
}
