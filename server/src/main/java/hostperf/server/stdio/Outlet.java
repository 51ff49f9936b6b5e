package hostperf.server.stdio;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The one way out to the client: whole lines, one after the other, whoever writes. A client that
/// does not read holds the writers up, and with them the reading of its next lines.
final class Outlet {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final OutputStream out;
  private final Runnable whenBroken;
  private volatile boolean broken;

  /// @param whenBroken done when the client has closed its end
  Outlet(OutputStream out, Runnable whenBroken) {
    this.out = out;
    this.whenBroken = whenBroken;
  }

  boolean isBroken() {
    return broken;
  }

  /// @param json without line breaks
  synchronized void line(String json) {
    if (broken) {
      return;
    }
    try {
      out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      // A print stream keeps its troubles to itself.
      broken = out instanceof PrintStream print && print.checkError();
    } catch (IOException _) {
      broken = true;
    }
    if (broken) {
      whenBroken.run();
    }
  }

  void result(Object id, Object result) {
    var message = new LinkedHashMap<String, @Nullable Object>();
    message.put("jsonrpc", "2.0");
    message.put("id", id);
    message.put("result", result);
    line(JSON.writeValueAsString(message));
  }

  /// @param id null where the request's cannot be read
  void error(@Nullable Object id, Fault fault) {
    var message = new LinkedHashMap<String, @Nullable Object>();
    message.put("jsonrpc", "2.0");
    message.put("id", id);
    message.put("error", fault);
    line(JSON.writeValueAsString(message));
  }
}
