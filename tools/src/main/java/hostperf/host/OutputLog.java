package hostperf.host;

import hostperf.seal.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The file that gets a command's whole output, up to a limit; of what lies beyond it the end is
/// added when the output ends. A full disk stops the log, never the command.
final class OutputLog {
  /// A chatty server prints some 20 MB an hour; ten times that is a program gone wild.
  static final long LIMIT = 256L << 20;

  private final OutputStream stream;
  private final long limit;
  private final boolean isWanted;
  private long written;
  private long leftOut;
  private Optional<String> fault = Optional.empty();

  private OutputLog(OutputStream stream, long limit, boolean isWanted) {
    this.stream = stream;
    this.limit = limit;
    this.isWanted = isWanted;
  }

  static OutputLog to(Optional<Path> file, long limit) {
    try {
      if (file.isEmpty()) {
        return new OutputLog(OutputStream.nullOutputStream(), limit, false);
      }
      Path folder = file.get().toAbsolutePath().getParent();
      if (folder != null) {
        var _ = PrivateFiles.folder(folder);
      }
      return to(PrivateFiles.output(file.get()), limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static OutputLog to(OutputStream stream, long limit) {
    return new OutputLog(stream, limit, true);
  }

  void write(char[] chars, int length) {
    if (!isWanted) {
      return;
    }
    var bytes = new String(chars, 0, length).getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length);
  }

  void write(byte[] bytes, int offset, int length) {
    int now = (int) Math.min(length, limit - written);
    leftOut += length - now;
    if (now > 0 && fault.isEmpty()) {
      attempt(bytes, offset, now);
    }
    written += now;
  }

  /// Ends the file with the output's last part, when some was left out.
  void end(String lastPart) {
    if (leftOut > 0 && fault.isEmpty()) {
      String note = "\n[… " + leftOut + " bytes left out; the end of the output follows …]\n";
      byte[] bytes = (note + lastPart).getBytes(StandardCharsets.UTF_8);
      attempt(bytes, 0, bytes.length);
    }
    try {
      stream.close();
    } catch (IOException e) {
      fault = Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// Why the log is not whole, if it is not.
  Optional<String> fault() {
    return fault;
  }

  private void attempt(byte[] bytes, int offset, int length) {
    try {
      stream.write(bytes, offset, length);
    } catch (IOException e) {
      fault = Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
