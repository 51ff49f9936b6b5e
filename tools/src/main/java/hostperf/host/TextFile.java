package hostperf.host;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Text that any program may have written: its byte-order mark says the encoding (PowerShell writes
/// UTF-16), without one it is UTF-8. A byte that is no UTF-8 becomes U+FFFD, so that a single one
/// does not stop the reading.
public final class TextFile {
  private TextFile() {}

  /// The text without its mark, to be closed by the caller.
  public static Reader reader(Path file) throws IOException {
    return reader(new BufferedInputStream(Files.newInputStream(file)));
  }

  /// The text without its mark.
  ///
  /// @param bytes that can be marked and reset
  public static Reader reader(InputStream bytes) throws IOException {
    return new InputStreamReader(bytes, charset(bytes));
  }

  /// The whole text without its mark.
  public static String read(Path file) throws IOException {
    try (var reader = reader(file)) {
      return reader.readAllAsString();
    }
  }

  private static Charset charset(InputStream bytes) throws IOException {
    bytes.mark(3);
    byte[] head = bytes.readNBytes(3);
    bytes.reset();
    if (startsWith(head, 0xef, 0xbb, 0xbf)) {
      bytes.skipNBytes(3);
    } else if (startsWith(head, 0xff, 0xfe)) {
      bytes.skipNBytes(2);
      return StandardCharsets.UTF_16LE;
    } else if (startsWith(head, 0xfe, 0xff)) {
      bytes.skipNBytes(2);
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }

  private static boolean startsWith(byte[] head, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= head.length || (head[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
