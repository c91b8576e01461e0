package dev.ringmaster.fleet.health;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// TLS around a heartbeat's socket. A heartbeat asks whether the replica lives and tells it
/// nothing; whether it is the right one is verified by each connection that carries requests.
final class TlsSockets {
  private static final SSLContext ANYONE = context();

  private TlsSockets() {}

  private static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anyone()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }

  /// TLS on a socket that stands; closing it closes the other.
  static Socket around(Socket socket, InetSocketAddress address, Probe probe) throws IOException {
    SSLSocket wrapped =
        (SSLSocket)
            ANYONE
                .getSocketFactory()
                .createSocket(socket, address.getHostString(), address.getPort(), true);
    SSLParameters parameters = wrapped.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {probe.http2() ? "h2" : "http/1.1"});
    wrapped.setSSLParameters(parameters);
    return wrapped;
  }

  /// Takes every certificate.
  private static final class Anyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
