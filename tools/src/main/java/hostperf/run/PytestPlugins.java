package hostperf.run;

import hostperf.configuration.Configuration;
import hostperf.source.ImportedModules.Module;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files of a checkout that pytest loads as plugins: `-p` of the command, of the variables and
/// of the settings; `pytest_plugins` of its `conftest.py` and test files; entry points `pytest11`.
record PytestPlugins(Path root, Set<String> tracked, ModuleFiles modules) {
  private static final Pattern SETTINGS =
      Pattern.compile(
          "(.*/)?(\\.?pytest\\.(ini|toml)|pyproject\\.toml|setup\\.(cfg|py)|tox\\.ini)");
  private static final Pattern TESTS =
      Pattern.compile("(.*/)?(conftest|test_[^/]*|[^/]*_test)\\.py");
  private static final Pattern OPTION =
      Pattern.compile("(?<![\\w-])-p[\\s=\"',]*([\\w.]+)(?![\\w.:])");
  private static final Pattern NAMED =
      Pattern.compile("pytest_plugins\\s*(?::[^=\\n]+)?\\+?=\\s*(\\[[^\\]]*]|\\([^)]*\\)|[^\\n]*)");
  private static final Pattern QUOTED = Pattern.compile("[\"']([\\w.]+)[\"']");
  // The section of the entry points, to the next section or bracket.
  private static final Pattern ENTRY_POINTS =
      Pattern.compile("pytest11[\"']?]?\\s*[=:]?([^\\]]*?)(\\n\\[|]|\\z)");
  private static final Pattern ENTRY = Pattern.compile("=\\s*[\"']?([\\w.]+)");

  Set<String> files(Configuration configuration) {
    var names = new LinkedHashSet<String>();
    var environment = configuration.workload().environment();
    options(String.join(" ", configuration.testing().command()), names);
    options(environment.getOrDefault("PYTEST_ADDOPTS", ""), names);
    Stream.of(environment.getOrDefault("PYTEST_PLUGINS", "").split(",")).forEach(names::add);
    for (String file : tracked) {
      if (SETTINGS.matcher(file).matches()) {
        settings(Harness.text(root, file), names);
      } else if (TESTS.matcher(file).matches()) {
        named(Harness.text(root, file), names);
      }
    }
    var files = new LinkedHashSet<String>();
    names.stream()
        .filter(name -> name.matches("[A-Za-z_][\\w.]*"))
        .forEach(name -> add(name, files));
    return files;
  }

  private static void settings(String text, Set<String> names) {
    options(text, names);
    var points = ENTRY_POINTS.matcher(text);
    while (points.find()) {
      ENTRY.matcher(points.group(1)).results().forEach(e -> names.add(e.group(1)));
    }
  }

  private static void options(String text, Set<String> names) {
    OPTION.matcher(text).results().forEach(o -> names.add(o.group(1)));
  }

  private static void named(String text, Set<String> names) {
    if (text.contains("pytest_plugins")) {
      NAMED
          .matcher(text)
          .results()
          .flatMap(n -> QUOTED.matcher(n.group(1)).results())
          .forEach(q -> names.add(q.group(1)));
    }
  }

  /// The module itself, not the packages on its way.
  private void add(String name, Set<String> files) {
    var end = name.replace('.', '/');
    modules.of(new Module(name, false), "").stream()
        .filter(f -> f.endsWith(end + ".py") || f.endsWith(end + "/__init__.py"))
        .forEach(files::add);
  }
}
