package dev.ringmaster.fleet.runtime;

/// What a runtime needs to start one replica.
///
/// @param service the service it belongs to
/// @param name its name, unique in the service: `[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}`
/// @param serverId the value of `SERVER_ID` in its environment
public record Launch(String service, String name, String serverId) {

  /// The id of a replica of this name: `3` for `S3`, the name itself for any other form.
  public static String serverIdOf(String name) {
    boolean numbered = name.length() > 1 && name.charAt(0) == 'S';
    for (int i = 1; numbered && i < name.length(); i++) {
      numbered = name.charAt(i) >= '0' && name.charAt(i) <= '9';
    }
    return numbered ? name.substring(1) : name;
  }
}
