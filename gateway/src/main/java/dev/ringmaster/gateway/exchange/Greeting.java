package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.ledger.Line;
import dev.ringmaster.gateway.time.Deadline;
import dev.ringmaster.gateway.time.Expiring;
import dev.ringmaster.gateway.trust.Peer;
import dev.ringmaster.gateway.trust.ProxyHeader;
import dev.ringmaster.gateway.trust.ProxyProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The first bytes of a connection that speaks the PROXY protocol, before TLS and HTTP. The
/// handlers behind it hear of the connection when its header is read; then this one is gone.
public final class Greeting extends ChannelInboundHandlerAdapter implements Expiring {
  private static final Logger LOG = LoggerFactory.getLogger(Greeting.class);

  private final Lane lane;
  private final Deadline deadline = new Deadline(this);
  private @Nullable ChannelHandlerContext open;
  private @Nullable ByteBuf pending;

  /// The first handler of a connection that was accepted.
  public Greeting(Lane lane) {
    this.lane = lane;
  }

  /// Whether connections begin with one.
  public static boolean expected(Lane lane) {
    return lane.shared().settings().trust().proxyProtocol() == ProxyProtocol.REQUIRED;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (!lane.admitGreeting()) {
      var _ = ctx.close();
      return;
    }
    open = ctx;
    if (lane.shared().settings().trust().proxies().trust(sender(ctx))) {
      lane.waits().arm(deadline, lane.waits().head);
    } else {
      refuse(ctx, "not from a trusted proxy");
    }
  }

  private static InetAddress sender(ChannelHandlerContext ctx) {
    return ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (open == null) {
      in.release();
      return;
    }
    ByteBuf all = pending == null ? in : ctx.alloc().directBuffer(1).writeBytes(pending);
    if (pending != null) {
      all.writeBytes(in);
      in.release();
      pending.release();
    }
    pending = all;
    switch (ProxyHeader.read(all)) {
      case ProxyHeader.More more -> {}
      case ProxyHeader.Bad bad -> refuse(ctx, bad.reason());
      case ProxyHeader.Own own -> welcome(ctx);
      case ProxyHeader.For header -> {
        Peer.note(ctx.channel(), header);
        welcome(ctx);
      }
    }
  }

  /// The header is read: the connection begins.
  private void welcome(ChannelHandlerContext ctx) {
    ByteBuf rest = pending;
    pending = null;
    end();
    ctx.pipeline().remove(this);
    ctx.fireChannelActive();
    if (rest != null) {
      ctx.fireChannelRead(rest);
      ctx.fireChannelReadComplete();
    }
  }

  private void refuse(ChannelHandlerContext ctx, String reason) {
    String from = sender(ctx).getHostAddress();
    long count = lane.ledger().greetingRefused();
    // One line for each power of two: a flood of bad headers is not one of log lines.
    if (Long.bitCount(count) == 1) {
      LOG.warn("PROXY protocol: {}, from {}; {} refused so far by this loop", reason, from, count);
    }
    Line.Ending ending = new Line.Ending(400, 0, "PROXY protocol: " + reason);
    lane.log(Line.unrouted(lane.nowMs(), from, Line.Request.UNREADABLE, ending));
    end();
    var _ = ctx.close();
  }

  @Override
  public void expired() {
    if (open != null) {
      refuse(open, "no whole header in time");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    end();
    var _ = ctx.close();
  }

  private void end() {
    if (open != null) {
      open = null;
      lane.waits().disarm(deadline);
      lane.greetingOver();
    }
    if (pending != null) {
      pending.release();
      pending = null;
    }
  }
}
