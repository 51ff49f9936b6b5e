package hostperf.doctor;

import hostperf.configuration.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What of the configuration shows as wrong before anything is launched: a script that is not
/// there, and questions of the draft that nobody has answered.
record WorkloadCheck(Path checkout) {
  /// As `hostperf init` writes them.
  private static final Pattern QUESTION = Pattern.compile("#\\s*\\?");

  private static final Pattern SCRIPT = Pattern.compile("[^-\\s]\\S*\\.(py|sh|bash)");

  List<Check> checks(Configuration configuration) {
    var checks = new ArrayList<Check>();
    script(configuration).ifPresent(checks::add);
    questions().ifPresent(checks::add);
    return checks;
  }

  private Optional<Check> script(Configuration configuration) {
    var workload = configuration.workload();
    var folder = checkout.resolve(workload.directory());
    return workload.command().stream()
        .filter(word -> SCRIPT.matcher(word).matches())
        .findFirst()
        .map(
            script ->
                Files.isRegularFile(folder.resolve(script))
                    ? Check.ok("workload", script)
                    : Check.missing(
                        "workload",
                        "workload.command names %s, which is not a file in %s"
                            .formatted(script, folder),
                        "Correct workload.command or workload.directory in %s."
                            .formatted(Configuration.FILE)));
  }

  private Optional<Check> questions() {
    var open = new ArrayList<String>();
    try {
      var lines = Files.readAllLines(checkout.resolve(Configuration.FILE));
      for (int i = 0; i < lines.size(); i++) {
        if (QUESTION.matcher(lines.get(i)).find() && !lines.get(i).strip().startsWith("#")) {
          open.add(String.valueOf(i + 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Check.warning(
                "draft",
                "%s still has the question marks of the draft at line %s"
                    .formatted(Configuration.FILE, String.join(", ", open)),
                "Check each of these lines, then delete its question mark."));
  }
}
