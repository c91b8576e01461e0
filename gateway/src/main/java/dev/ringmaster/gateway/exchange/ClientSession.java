package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http2.ClientStream;
import dev.ringmaster.gateway.http2.Codecs;
import dev.ringmaster.gateway.time.Deadline;
import dev.ringmaster.gateway.time.Expiring;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client's connection that speaks HTTP/2. Each of its streams is a [ClientConnection] with one
/// turn; this is what they have in common: the socket, its admission and its end.
///
/// ```
/// open → leaving → closed      GOAWAY is sent, streams that began end, others are not taken
/// ```
final class ClientSession extends ChannelInboundHandlerAdapter implements Client, Expiring {
  private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

  private final Lane lane;
  private final Channel channel;
  private final Deadline deadline = new Deadline(this);
  private final Set<Channel> streams = Collections.newSetFromMap(new IdentityHashMap<>());

  private ClientSession(Lane lane, Channel channel) {
    this.lane = lane;
    this.channel = channel;
  }

  /// Makes a connection one of HTTP/2; what was read of it must be fired from the pipeline's head
  /// or from TLS.
  static void begin(Lane lane, Channel channel) {
    ClientSession session = new ClientSession(lane, channel);
    Codecs.addServer(channel, session.new Streams(), lane.shared().settings().timeouts().drain());
    channel.pipeline().addLast(session);
    if (lane.admit(session, channel)) {
      lane.waits().arm(session.deadline, lane.waits().idle);
    } else {
      session.close();
    }
  }

  /// Makes each new stream a client's connection.
  private final class Streams extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel stream) {
      stream.config().setAllocator(lane.allocator());
      streams.add(stream);
      stream
          .config()
          .setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, StreamShare.marks(streams.size()));
      stream.pipeline().addLast(new ClientStream(), ClientConnection.onStream(lane, stream));
      lane.waits().disarm(deadline);
      stream.closeFuture().addListener(closed -> streamClosed(stream));
    }
  }

  private void streamClosed(Channel stream) {
    streams.remove(stream);
    if (streams.isEmpty() && channel.isActive()) {
      lane.waits().arm(deadline, lane.waits().idle);
    }
  }

  @Override
  public boolean counts() {
    return true;
  }

  /// What the socket has not taken, and what waits for windows of its streams.
  @Override
  public long backlogBytes() {
    long bytes = Shedding.backlogBytes(channel);
    for (Channel stream : streams) {
      bytes += StreamShare.pendingBytes(stream);
    }
    return bytes;
  }

  /// Says GOAWAY and closes when the last stream has ended, or after the time for draining.
  @Override
  public void drain() {
    var _ = channel.close();
  }

  @Override
  public void close() {
    channel.unsafe().close(channel.voidPromise());
  }

  /// No stream for too long.
  @Override
  public void expired() {
    drain();
  }

  /// SETTINGS, PING and GOAWAY: the codec has done what they ask.
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    ReferenceCountUtil.release(frame);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lane.waits().disarm(deadline);
    lane.dismiss(this);
  }

  /// The codec answers what is wrong with the connection by GOAWAY and closes it.
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof Http2Exception) {
      LOG.debug("a client broke HTTP/2: {}", cause.getMessage());
    } else {
      if (!(cause instanceof IOException)) {
        LOG.error("defect on a client's connection, which is closed", cause);
      }
      close();
    }
  }
}
