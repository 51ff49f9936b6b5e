package hostperf.server.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;

/// Whatever bytes a client sends: each line is judged, none throws.
public final class StdioFuzz {
  private static final Params PARAMS =
      new Params(Set.of("status"), () -> Set.of("analyze_profile"));

  private StdioFuzz() {}

  public static void lines(byte[] bytes) throws IOException {
    var lines = new LineReader(new ByteArrayInputStream(bytes));
    for (var line = lines.next(); line.isPresent(); line = lines.next()) {
      if (line.get() instanceof LineReader.Line.Whole whole
          && MessageReader.read(whole.bytes()) instanceof Incoming.Request request) {
        var _ = PARAMS.fault(request);
      }
    }
  }
}
