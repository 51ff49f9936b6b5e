package hostperf.server.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/// Which commit this is a build of. The date is the commit's, so that two builds of it are alike.
final class Build {
  private Build() {}

  /// Version, commit and date, as `--version` prints them; commit and date only where they are
  /// known, which they are not in a build of sources without git.
  static String described(String version) {
    var build = properties();
    var commit = known(build, "commit");
    if (commit.isEmpty()) {
      return version;
    }
    boolean changed = known(build, "changed").filter("true"::equals).isPresent();
    return "%s (commit %s of %s%s)"
        .formatted(
            version,
            commit.get(),
            known(build, "date").orElse("an unknown day"),
            changed ? ", with changes" : "");
  }

  private static Optional<String> known(Properties build, String key) {
    return Optional.ofNullable(build.getProperty(key))
        .filter(v -> !v.isBlank() && !v.startsWith("$"));
  }

  private static Properties properties() {
    var build = new Properties();
    try (var in = Build.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build;
  }
}
