package hostperf.server.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/// What is left of a request that is answered before it was read to its end.
public final class UnreadBody {
  private UnreadBody() {}

  /// Reads what has arrived. Where more is to come, the connection cannot carry another request,
  /// and the answer says so: a client would send its next one into one that is being closed.
  public static void settle(Request request, Response response) {
    if (!request.consumeAvailable()) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    }
  }
}
