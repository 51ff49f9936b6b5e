package hostperf.server.http;

import hostperf.server.wire.JsonRpcError;
import hostperf.server.wire.Outlet;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/// What is sent back for one request.
final class Reply {
  /// For what belongs to no request: nobody listens for it.
  static final Outlet NOWHERE =
      new Outlet() {
        @Override
        public void line(String json) {}

        @Override
        public void answer(String json, @Nullable Integer errorCode) {}

        @Override
        public boolean isBroken() {
          return true;
        }
      };

  private final Request request;
  private final Response response;

  Reply(Request request, Response response) {
    this.request = request;
    this.response = response;
  }

  void header(HttpHeader header, String value) {
    response.getHeaders().put(header, value);
  }

  void header(String header, String value) {
    response.getHeaders().put(header, value);
  }

  /// Nothing but a status.
  void status(int status) {
    response.setStatus(status);
  }

  /// @param id of the message, where one can be read
  void fault(int status, @Nullable Object id, JsonRpcError fault) {
    UnreadBody.settle(request, response);
    try (var way = way(false, _ -> status)) {
      way.outlet().error(id, fault);
    }
  }

  /// An outlet for as long as the request is answered.
  Way way(boolean mayStream, HttpOutlet.Statuses statuses) {
    return new Way(new HttpOutlet(response, mayStream, statuses), response);
  }

  /// An answer on its way.
  record Way(HttpOutlet outlet, Response response) implements AutoCloseable {
    /// A cancelled request gets no message, but every request of HTTP gets an answer.
    @Override
    public void close() {
      if (!outlet.end()) {
        response.setStatus(202);
      }
    }
  }
}
