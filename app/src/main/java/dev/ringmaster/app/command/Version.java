package dev.ringmaster.app.command;

import picocli.CommandLine.IVersionProvider;

/// The program's version, from the manifest of its jar.
final class Version implements IVersionProvider {

  /// Such as `0.1.0`; `development` when the program does not run from its jar.
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"ringmaster " + text(), "Java " + Runtime.version()};
  }
}
