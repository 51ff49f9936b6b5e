package hostperf.run;

import hostperf.source.ImportedModules.Module;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files of a checkout that a command names: scripts and other files among its words, modules
/// after `-m`, what a shell script names in turn, and the function behind a command that the
/// project installs.
record CommandWords(Path root, ModuleFiles modules) {
  private static final Pattern BLANKS = Pattern.compile("[\\s;|&()<>\"'`]+");
  private static final List<String> SETTINGS = List.of("pyproject.toml", "setup.cfg", "setup.py");

  Set<String> files(List<String> command, Path folder) {
    var found = new LinkedHashSet<String>();
    words(command, folder, found);
    for (String script : List.copyOf(found)) {
      if (script.endsWith(".sh")) {
        words(List.of(Harness.text(root, script)), folder, found);
      }
    }
    return found;
  }

  private void words(List<String> command, Path folder, Set<String> found) {
    var words = new ArrayList<String>();
    for (String argument : command) {
      words.add(argument); // A name may hold blanks.
      words.addAll(List.of(BLANKS.split(argument)));
    }
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      path(word, folder, found);
      path(word.replaceFirst("^[^=]*=", ""), folder, found);
      path(word.replaceFirst("::.*", ""), folder, found);
      if (word.equals("-m")) {
        words.stream()
            .skip(i + 1)
            .filter(w -> !w.equals("-m"))
            .limit(1)
            .forEach(m -> module(m, found));
      } else if (word.startsWith("-m") && word.length() > 2) {
        module(word.substring(2), found);
      }
      installed(word, found);
    }
  }

  private void path(String word, Path folder, Set<String> found) {
    try {
      var file = folder.resolve(word).normalize();
      if (!word.isEmpty() && file.startsWith(root) && Files.isRegularFile(file)) {
        found.add(root.relativize(file).toString());
      }
    } catch (InvalidPathException _) {
      // No name of a file.
    }
  }

  /// The module that runs, not the packages on its way.
  private void module(String name, Set<String> found) {
    if (!name.matches("[\\w.]+")) {
      return;
    }
    var end = name.replace('.', '/');
    Stream.of(name, name + ".__main__")
        .flatMap(m -> modules.of(new Module(m, false), "").stream())
        .filter(f -> f.endsWith(end + ".py") || f.endsWith(end + "/__main__.py"))
        .forEach(found::add);
  }

  /// `name = "package.module:function"` among the project's scripts.
  private void installed(String word, Set<String> found) {
    if (!word.matches("[\\w.-]+")) {
      return;
    }
    var entry =
        Pattern.compile(
            "(?<![\\w-])%s[\"']?\\s*=\\s*[\"']?([\\w.]+):\\w".formatted(Pattern.quote(word)));
    for (String settings : SETTINGS) {
      var matcher = entry.matcher(Harness.text(root, settings));
      while (matcher.find()) {
        module(matcher.group(1), found);
      }
    }
  }
}
