package hostperf.run;

import hostperf.profile.EndWords;
import hostperf.profile.Launch;
import hostperf.profile.Passes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// Why there is no profile, with what the launches themselves say.
final class ProfileFailures {
  private ProfileFailures() {}

  /// A launch that ended badly, or left out figures.
  static Profiles.Result.Failed unusable(String what, Launch launch) {
    var missing = new ArrayList<String>();
    launch.metrics().missing().forEach(m -> missing.add(m.metric().name() + ": " + m.reason()));
    missing.add("log: " + launch.log());
    return new Profiles.Result.Failed(
        "%s: it %s.".formatted(what, EndWords.of(launch.finished())), missing);
  }

  /// Passes that saw nothing.
  static Profiles.Result.Failed nothing(Passes.Result passes) {
    return passes
        .lines()
        .map(lines -> noReport(lines.launch()))
        .orElseGet(() -> new Profiles.Result.Failed("No Python code was seen.", passes.remarks()));
  }

  private static Profiles.Result.Failed noReport(Launch launch) {
    var missing = new ArrayList<String>();
    launch
        .profile()
        .ifPresent(
            p -> {
              missing.addAll(p.remarks());
              missing.addAll(p.missing());
              p.targets().forEach(t -> missing.add(t.function() + ": " + t.remark()));
            });
    missing.add("log: " + launch.log());
    return new Profiles.Result.Failed(
        "The profiled launch left no report" + wordsOnProfiler(launch.log()), missing);
  }

  /// What the workload itself says of the profiler, as an engine does that cannot import it.
  private static String wordsOnProfiler(Path log) {
    try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines
          .map(String::strip)
          .filter(line -> line.contains("line_profiler") && line.length() < 300)
          .findFirst()
          .map("; its log says: \"%s\"."::formatted)
          .orElse(".");
    } catch (IOException | UncheckedIOException _) {
      return ".";
    }
  }
}
