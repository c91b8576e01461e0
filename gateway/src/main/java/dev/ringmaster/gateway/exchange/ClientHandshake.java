package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.tls.Handshakes;
import dev.ringmaster.gateway.tls.Handshakes.Failure;
import dev.ringmaster.gateway.tls.Keyring;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client's connection while TLS is agreed upon; then it is one of HTTP/2 or of HTTP/1.1, as ALPN
/// says (RFC 7301).
///
/// ```
/// handshake → ClientSession (h2) or ClientConnection (http/1.1, or nothing said)
///     └─────→ closed
/// ```
public final class ClientHandshake extends ChannelInboundHandlerAdapter implements Client {
  private static final Logger LOG = LoggerFactory.getLogger(ClientHandshake.class);

  private final Lane lane;
  private final Channel channel;
  private final Handshakes handshakes;

  private ClientHandshake(Lane lane, Channel channel, Handshakes handshakes) {
    this.lane = lane;
    this.channel = channel;
    this.handshakes = handshakes;
  }

  /// Makes a connection that was accepted one of TLS.
  public static void begin(Lane lane, Channel channel, Keyring keyring) {
    SslHandler tls = keyring.identity().context().newHandler(lane.allocator());
    tls.setHandshakeTimeoutMillis(lane.shared().settings().timeouts().head().toMillis());
    channel.pipeline().addLast(tls, new ClientHandshake(lane, channel, keyring.handshakes()));
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (!lane.admit(this, channel)) {
      close();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent done) {
      if (done.isSuccess()) {
        agreed(ctx);
      } else {
        refused(done.cause());
      }
    }
  }

  private void agreed(ChannelHandlerContext ctx) {
    handshakes.done();
    lane.dismiss(this);
    String protocol = ctx.pipeline().get(SslHandler.class).applicationProtocol();
    if (ApplicationProtocolNames.HTTP_2.equals(protocol)) {
      ClientSession.begin(lane, channel);
    } else {
      ClientConnection client = ClientConnection.behindTls(lane, channel);
      ctx.pipeline().addLast(client);
      client.begin();
    }
    ctx.pipeline().remove(this);
  }

  /// The TLS handler sends its alert after this, and closes.
  private void refused(Throwable cause) {
    Failure failure = Failure.of(cause);
    handshakes.failed(failure);
    LOG.debug(
        "TLS handshake with {} failed ({}): {}",
        channel.remoteAddress(),
        failure.title(),
        cause.getMessage());
  }

  @Override
  public boolean counts() {
    return true;
  }

  @Override
  public void drain() {
    close();
  }

  @Override
  public void close() {
    lane.dismiss(this);
    channel.unsafe().close(channel.voidPromise());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lane.dismiss(this);
  }

  /// What TLS says was told by the event of the handshake, and the TLS handler closes.
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException || cause instanceof SSLException) {
      return;
    }
    if (!(cause instanceof IOException)) {
      LOG.error("defect on a client's connection, which is closed", cause);
    }
    close();
  }
}
