package dev.ringmaster.gateway.transport;

import dev.ringmaster.gateway.settings.Transport;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import org.jspecify.annotations.Nullable;

/// The classes of one transport.
///
/// @param transport which one; never [Transport#AUTO]
/// @param loops makes what drives an event loop
/// @param server the class of listening sockets
/// @param socket the class of connections
public record Sockets(
    Transport transport,
    IoHandlerFactory loops,
    Class<? extends ServerChannel> server,
    Class<? extends SocketChannel> socket) {

  /// Entries of an io_uring submission queue: the operations that one turn of a loop can hand over
  /// in one system call.
  private static final int RING_ENTRIES = 1_024;

  /// The classes for a setting.
  ///
  /// @throws IllegalStateException if the transport asked for does not work here; the message says
  ///   why
  public static Sockets of(Transport asked) {
    return switch (asked) {
      case AUTO -> firstThatWorks();
      case IO_URING -> working(asked, IoUring.unavailabilityCause());
      case EPOLL -> working(asked, Epoll.unavailabilityCause());
      case NIO -> nio();
    };
  }

  private static Sockets firstThatWorks() {
    if (IoUring.isAvailable()) {
      return ioUring();
    }
    return Epoll.isAvailable() ? epoll() : nio();
  }

  private static Sockets working(Transport asked, @Nullable Throwable whyNot) {
    if (whyNot != null) {
      throw new IllegalStateException(
          "transport " + asked + " does not work on this machine: " + whyNot.getMessage(), whyNot);
    }
    return asked == Transport.IO_URING ? ioUring() : epoll();
  }

  private static Sockets ioUring() {
    IoUringIoHandlerConfig config =
        new IoUringIoHandlerConfig().setRingSize(RING_ENTRIES).setSingleIssuer(true);
    return new Sockets(
        Transport.IO_URING,
        IoUringIoHandler.newFactory(config),
        IoUringServerSocketChannel.class,
        IoUringSocketChannel.class);
  }

  private static Sockets epoll() {
    return new Sockets(
        Transport.EPOLL,
        EpollIoHandler.newFactory(),
        EpollServerSocketChannel.class,
        EpollSocketChannel.class);
  }

  private static Sockets nio() {
    return new Sockets(
        Transport.NIO,
        NioIoHandler.newFactory(),
        NioServerSocketChannel.class,
        NioSocketChannel.class);
  }
}
