package dev.ringmaster.gateway.settings;

/// How bytes reach the kernel.
public enum Transport {
  /// The first of the others, in their order, that works on this machine.
  AUTO,
  /// Linux io_uring.
  IO_URING,
  /// Linux epoll.
  EPOLL,
  /// The JDK's selectors; works everywhere.
  NIO
}
