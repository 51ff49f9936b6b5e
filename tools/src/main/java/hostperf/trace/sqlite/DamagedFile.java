package hostperf.trace.sqlite;

import java.io.IOException;

/// The content of a file contradicts its format. The message says how, as the end of a sentence.
public final class DamagedFile extends IOException {
  DamagedFile(String how) {
    super(how);
  }
}
