package hostperf.patch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/// Patterns with gitignore meaning: `**/` matches no folder too, a pattern that matches a folder
/// matches all below it, `!` takes back, and the last pattern that matches decides.
final class Globs {
  private final List<Glob> lastFirst;

  private record Glob(String pattern, FastIgnoreRule rule) {}

  Globs(List<String> patterns) {
    lastFirst = patterns.reversed().stream().map(p -> new Glob(p, new FastIgnoreRule(p))).toList();
  }

  /// The same patterns in lower case: blind to case when asked about a path in lower case.
  static Globs lowerCase(List<String> patterns) {
    return new Globs(patterns.stream().map(p -> p.toLowerCase(Locale.ROOT)).toList());
  }

  /// The pattern that decides for the path, unless none matches or it takes the path back.
  Optional<String> match(String path) {
    for (Glob glob : lastFirst) {
      if (glob.rule().isMatch(path, false, false)) {
        return glob.rule().getNegation() ? Optional.empty() : Optional.of(glob.pattern());
      }
    }
    return Optional.empty();
  }
}
