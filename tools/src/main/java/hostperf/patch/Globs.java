package hostperf.patch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/// Patterns with gitignore meaning: `**/` matches no folder too, a pattern that matches a folder
/// matches all below it, `!` takes back, and the last pattern that matches decides.
record Globs(List<String> patterns) {
  Globs {
    patterns = List.copyOf(patterns);
  }

  /// The pattern that decides for the path, unless none matches or it takes the path back.
  Optional<String> match(String path) {
    for (String pattern : patterns.reversed()) {
      var rule = new FastIgnoreRule(pattern);
      if (rule.isMatch(path, false, false)) {
        return rule.getNegation() ? Optional.empty() : Optional.of(pattern);
      }
    }
    return Optional.empty();
  }

  /// The same patterns, blind to case when asked about a path in lower case.
  Globs lowerCase() {
    return new Globs(patterns.stream().map(p -> p.toLowerCase(Locale.ROOT)).toList());
  }
}
