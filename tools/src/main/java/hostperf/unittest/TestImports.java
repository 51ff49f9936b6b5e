package hostperf.unittest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How a test can be seen to import a source file: by its dotted name, or from its package.
///
/// Leading folders that are no packages (`src/`) do not belong to the name. The text is searched,
/// not parsed, so that a name inside a string (`monkeypatch.setattr("a.b.C", …)`) counts too.
final class TestImports {
  private final List<String> modules;
  private final List<Pattern> patterns;

  private TestImports(List<String> modules, List<Pattern> patterns) {
    this.modules = modules;
    this.patterns = patterns;
  }

  /// @param tracked the files of the checkout, to know which folders are packages
  static TestImports of(Touched touched, Set<String> tracked) {
    var modules = modules(touched.file(), tracked);
    var patterns = new ArrayList<Pattern>();
    for (String module : modules) {
      patterns.add(named(module));
      int dot = module.lastIndexOf('.');
      if (dot > 0) {
        patterns.add(from(module.substring(0, dot), List.of(module.substring(dot + 1))));
      }
      for (; dot > 0; dot = module.lastIndexOf('.', dot - 1)) {
        if (!touched.names().isEmpty()) {
          patterns.add(from(module.substring(0, dot), touched.names()));
        }
      }
    }
    return new TestImports(modules, patterns);
  }

  String module() {
    return modules.getFirst();
  }

  boolean isIn(String text) {
    return patterns.stream().anyMatch(p -> p.matcher(text).find());
  }

  /// The name within its outermost package first; then the one from the root of the checkout.
  private static List<String> modules(String file, Set<String> tracked) {
    var path = file.replaceFirst("(/__init__)?\\.pyi?$", "");
    var full = path.replace('/', '.');
    int start = 0;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (tracked.contains(path.substring(0, slash) + "/__init__.py")) {
        break;
      }
      start = slash + 1;
    }
    var inPackage = full.substring(start);
    return inPackage.equals(full) ? List.of(full) : List.of(inPackage, full);
  }

  private static Pattern named(String module) {
    var quoted = Pattern.quote(module);
    return module.contains(".")
        ? Pattern.compile("(?<![\\w.])" + quoted + "(?!\\w)")
        : Pattern.compile("(?m)^\\s*(import|from)\\s+" + quoted + "(?!\\w)");
  }

  private static Pattern from(String parent, Collection<String> names) {
    var any = names.stream().sorted().map(Pattern::quote).collect(Collectors.joining("|"));
    return Pattern.compile(
        "(?m)^\\s*from\\s+%s\\s+import\\s+(\\([^)]*|[^\\n(]*)(?<!\\w)(%s)(?!\\w)"
            .formatted(Pattern.quote(parent), any));
  }
}
