package hostperf.server.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Whole lines on one stream, one after the other, whoever writes. A client that does not read
/// holds the writers up, and with them the reading of its next lines.
final class LineOutlet implements Outlet {
  private final OutputStream out;
  private final Runnable whenBroken;
  private volatile boolean broken;

  /// @param whenBroken done when the client has closed its end
  LineOutlet(OutputStream out, Runnable whenBroken) {
    this.out = out;
    this.whenBroken = whenBroken;
  }

  @Override
  public boolean isBroken() {
    return broken;
  }

  /// The client has gone; nothing more is written.
  void end() {
    broken = true;
  }

  @Override
  public synchronized void line(String json) {
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
}
