package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.host.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that a command is given: a regular one, since devices and pipes may have no end.
record InputFile(Path path, String option, String what) {
  /// What `TextFile` puts in place of a byte that is no text.
  private static final char REPLACED = '\ufffd';

  /// The path; what cannot be read as a file is refused.
  Path checked() {
    if (!Files.exists(path)) {
      throw refusal("There is no file '%s'.", "");
    }
    if (Files.isDirectory(path)) {
      throw refusal("'%s' is a folder.", "");
    }
    if (!Files.isRegularFile(path)) {
      throw refusal("'%s' is a pipe or a device.", " Write what comes from it into one first.");
    }
    if (!Files.isReadable(path)) {
      throw refusal("This user may not read '%s'.", "");
    }
    return path;
  }

  private Refusal refusal(String why, String besides) {
    return new Refusal(why.formatted(path), "Name %s with %s.%s".formatted(what, option, besides));
  }

  /// Its text, without a byte-order mark; bytes that are no text are refused.
  String text() {
    try {
      var text = TextFile.read(checked());
      if (text.isBlank()) {
        throw refusal("'%s' is empty.", "");
      }
      if (text.indexOf(REPLACED) >= 0) {
        throw new Refusal(
            "'%s' is not UTF-8 text.".formatted(path),
            "Convert it, for example with `iconv -t UTF-8`, or name %s.".formatted(what));
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
