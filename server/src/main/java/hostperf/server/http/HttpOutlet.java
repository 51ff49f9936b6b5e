package hostperf.server.http;

import hostperf.server.wire.Outlet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/// The way back of one request: its answer as JSON, or as the last event of a stream where
/// something comes before it or it takes long.
final class HttpOutlet implements Outlet {
  /// Proxies and clients give up on connections where nothing moves.
  private static final Duration BEAT = Duration.ofSeconds(10);

  private final Response response;
  private final boolean mayStream;
  private final Statuses statuses;
  private @Nullable OutputStream stream;
  private boolean ended;
  private volatile boolean broken;

  /// What an answer with this code of an error is sent with.
  interface Statuses {
    int of(@Nullable Integer errorCode);
  }

  HttpOutlet(Response response, boolean mayStream, Statuses statuses) {
    this.response = response;
    this.mayStream = mayStream;
    this.statuses = statuses;
    if (mayStream) {
      var _ = Thread.ofVirtual().name("beat").start(this::beat);
    }
  }

  private void beat() {
    try {
      while (alive()) {
        Thread.sleep(BEAT);
        event(": at work\n\n");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean alive() {
    return !ended && !broken;
  }

  @Override
  public void line(String json) {
    if (mayStream) {
      event(data(json));
    }
  }

  private static String data(String json) {
    return "event: message\ndata: " + json + "\n\n";
  }

  private synchronized void event(String event) {
    if (ended || broken) {
      return;
    }
    try {
      var out = stream == null ? begun() : stream;
      out.write(event.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException _) {
      broken = true;
    }
  }

  private OutputStream begun() {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Accel-Buffering", "no");
    var out = Content.Sink.asOutputStream(response);
    stream = out;
    return out;
  }

  @Override
  public synchronized void answer(String json, @Nullable Integer errorCode) {
    if (ended) {
      return;
    }
    if (stream != null) {
      event(data(json));
    } else {
      whole(statuses.of(errorCode), json);
    }
    ended = true;
  }

  private void whole(int status, String json) {
    try {
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      var bytes = json.getBytes(StandardCharsets.UTF_8);
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
      try (var out = Content.Sink.asOutputStream(response)) {
        out.write(bytes);
      }
    } catch (IOException _) {
      broken = true;
    }
  }

  /// Nothing more will come: also where a cancelled request gets no answer.
  ///
  /// @return whether anything was sent
  synchronized boolean end() {
    ended = true;
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException _) {
      broken = true;
    }
    return stream != null || response.isCommitted();
  }

  @Override
  public boolean isBroken() {
    return broken;
  }
}
