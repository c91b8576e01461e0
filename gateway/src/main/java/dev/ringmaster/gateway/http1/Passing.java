package dev.ringmaster.gateway.http1;

/// What of the client's wishes about its connection is passed on to the replica.
public enum Passing {
  /// A plain request: neither Expect nor Upgrade.
  PLAIN,
  /// With `Expect: 100-continue`: the replica says whether the body shall come.
  EXPECT,
  /// With Upgrade: the replica may answer 101 and the connections become a tunnel.
  UPGRADE
}
