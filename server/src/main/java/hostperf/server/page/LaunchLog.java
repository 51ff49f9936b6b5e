package hostperf.server.page;

import hostperf.job.Jobs;
import hostperf.journal.RunFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The end of the log that was written last while a job was at work. Secrets were taken out of it
/// when it was written.
///
/// @param name of the file
record LaunchLog(String name, String end) {
  private static final int SHOWN = 8_000;
  private static final Duration LATE = Duration.ofSeconds(2);

  static Optional<LaunchLog> of(RunFolder folder, Jobs.Entry job) {
    var from = Instant.parse(job.times().started());
    var until = job.times().ended().map(Instant::parse).orElse(Instant.MAX.minus(LATE)).plus(LATE);
    try (Stream<Path> files = Files.list(folder.logs())) {
      return files
          .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
          .filter(f -> !written(f).isBefore(from) && !written(f).isAfter(until))
          .max(Comparator.comparing(LaunchLog::written))
          .flatMap(LaunchLog::read);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Instant written(Path file) {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
    } catch (IOException _) {
      return Instant.MIN;
    }
  }

  private static Optional<LaunchLog> read(Path file) {
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, log.length() - SHOWN);
      log.seek(from);
      var bytes = new byte[(int) (log.length() - from)];
      log.readFully(bytes);
      var text = new String(bytes, StandardCharsets.UTF_8);
      var whole = from == 0 ? text : text.substring(text.indexOf('\n') + 1);
      return Optional.of(new LaunchLog(file.getFileName().toString(), whole))
          .filter(read -> !read.end().isBlank());
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
