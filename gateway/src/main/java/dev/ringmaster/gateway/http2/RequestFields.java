package dev.ringmaster.gateway.http2;

import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.RequestHead;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;

/// The fields of a request in HTTP/2, from its head in HTTP/1.1.
final class RequestFields {
  private RequestFields() {}

  static Http2Headers of(RequestHead head, String scheme) {
    Http2Headers fields = new DefaultHttp2Headers(false, head.headerCount() + 4);
    fields.method(head.text(head.methodFrom(), head.methodTo()));
    fields.scheme(scheme);
    if (head.hostTo() > head.hostFrom()) {
      fields.authority(head.text(head.hostFrom(), head.hostTo()));
    }
    fields.path(head.text(head.targetFrom(), head.targetTo()));
    AnswerFields.add(fields, head);
    // The only value that HTTP/2 has (RFC 9113, 8.2.2).
    if (head.has(KnownHeader.TE)) {
      fields.set("te", "trailers");
    }
    return fields;
  }
}
