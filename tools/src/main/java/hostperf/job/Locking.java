package hostperf.job;

import hostperf.Refusal;
import hostperf.configuration.Configuration;
import hostperf.journal.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Holds a run to the configuration it was started with.
public final class Locking {
  private static final Pattern KEY = Pattern.compile("( *)([A-Za-z_]+):");

  private Locking() {}

  /// The configuration, when it is still the one of the run; a change stops the run, naming the
  /// first line that differs.
  public static Configuration configuration(Checkout checkout, Run run) {
    var now = checkout.configuration();
    var locked = run.setup().configuration();
    if (!now.source().sha256().equals(locked.sha256())) {
      throw new Refusal(
          "%s has changed since run %s began: %s"
              .formatted(Configuration.FILE, run.id(), difference(locked.text(), now.shownText())),
          "Put the file back as it was, or begin a new run with `start_run`.");
    }
    return now;
  }

  private static String difference(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
      var was = i < old.size() ? old.get(i).strip() : "(nothing)";
      var is = i < now.size() ? now.get(i).strip() : "(nothing)";
      if (!was.equals(is)) {
        var key = keyAt(after, i + 1);
        return "line %d%s was `%s` and is `%s`."
            .formatted(i + 1, key.map(k -> " (" + k + ")").orElse(""), was, is);
      }
    }
    return "only white space at line ends, or a value that is hidden as a secret, differs.";
  }

  /// The key that a line of the file belongs to, as `workload.command`, by indentation.
  private static Optional<String> keyAt(String text, int line) {
    var lines = text.lines().limit(line).toList().reversed();
    var path = new ArrayList<String>();
    int depth = Integer.MAX_VALUE;
    for (var each : lines) {
      var key = KEY.matcher(each);
      if (key.lookingAt() && key.group(1).length() < depth) {
        path.addFirst(key.group(2));
        depth = key.group(1).length();
      }
    }
    return path.isEmpty() ? Optional.empty() : Optional.of(String.join(".", path));
  }
}
