package hostperf.unittest;

import hostperf.Refusal;
import hostperf.catalog.TestRow;
import hostperf.unittest.Selection.Pick;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Picks the tests for a change: those that the target's map names for the changed files, those
/// that import a changed module or name a changed function, and those that always run.
///
/// Each test file is read once and searched as text, so the work is linear in the tests' size.
public final class TestSelection {
  /// A shorter name, or one without `_` inside, says too little without an import.
  private static final Pattern DISTINCTIVE =
      Pattern.compile("(?=.{8})_*[A-Za-z0-9]+_\\w*[A-Za-z0-9]");

  private static final Pattern TEST_FILE = Pattern.compile("(.*/)?(test_[^/]*|[^/]*_test)\\.py");

  private final Path root;
  private final Set<String> tracked;
  private final List<TestRow> rows;
  private final List<String> always;

  /// @param tracked the files of the checkout, relative, with `/`
  /// @param rows of the target's map; those that cover a changed file apply
  /// @param always `tests.always` of the configuration
  public TestSelection(
      Path root, Collection<String> tracked, List<TestRow> rows, List<String> always) {
    this.root = root;
    this.tracked = Set.copyOf(tracked);
    this.rows = List.copyOf(rows);
    this.always = List.copyOf(always);
  }

  /// The tests for a change, and what they leave open. What is named or failed before is added to
  /// what is picked and never takes its place.
  ///
  /// @throws Refusal naming the first named test that the checkout does not have
  public Selection testsFor(List<Touched> changes, List<String> named, List<String> failed) {
    return testsFor(changes, named, failed, List.of());
  }

  /// @param earlier changed files that tests were selected for before: what the checkout has no
  ///     tests of is said of each once
  public Selection testsFor(
      List<Touched> changes, List<String> named, List<String> failed, Collection<String> earlier) {
    named = named.stream().map(TestSelection::plain).toList();
    named.forEach(this::requireCommitted);
    var picks = new ArrayList<Pick>();
    var notes = new ArrayList<String>();
    for (String test : always) {
      if (!pick(test, "always runs (tests.always)", picks)) {
        notes.add(
            "%s always runs (tests.always), but the checkout does not have it.".formatted(test));
      }
    }
    var missing = new LinkedHashSet<String>();
    changes.forEach(change -> fromMap(change, picks, notes, missing));
    rows.stream()
        .filter(row -> earlier.stream().anyMatch(row::covers))
        .forEach(row -> missing.removeAll(row.tests()));
    if (!missing.isEmpty()) {
      notes.add(missing(missing));
    }
    fromText(changes, picks);
    if (picks.isEmpty()) {
      notes.add("No test was found that uses the changed code, so the test command runs as it is.");
    }
    return new Selection(
        picks,
        named.stream().map(t -> new Pick(t, "named in the call")).toList(),
        failed.stream().map(t -> new Pick(t, "failed in an earlier run of this patch")).toList(),
        notes);
  }

  /// `./tests/test_a.py` and `tests//test_a.py` as `tests/test_a.py`.
  private static String plain(String test) {
    return test.strip().replaceAll("/+", "/").replaceFirst("^(\\./)+(?=.)", "");
  }

  private void requireCommitted(String test) {
    if (test.isEmpty() || test.equals(".") || test.equals("./")) {
      throw refused("'%s' names no test.".formatted(test));
    }
    var file = test.replaceFirst("::.*", "");
    var folder = file.endsWith("/") ? file : file + "/";
    if (!exists(test)) {
      throw refused("There is no test '%s' in the checkout.".formatted(test));
    }
    if (!tracked.contains(file) && tracked.stream().noneMatch(f -> f.startsWith(folder))) {
      throw refused(
          "'%s' is not tracked, so the commit that is tested does not have it.".formatted(test));
    }
  }

  private static Refusal refused(String why) {
    return new Refusal(
        why,
        "Name tracked files, folders or test ids (file::Class::test) relative to the checkout;"
            + " they are run in addition to the selected ones.");
  }

  /// @param missing gets tests of the map that the checkout does not have
  private void fromMap(Touched change, List<Pick> picks, List<String> notes, Set<String> missing) {
    for (var row : rows) {
      if (row.covers(change.file())) {
        var why = "stands for %s in the target's map%s".formatted(change.file(), needs(row));
        var there = row.tests().stream().filter(test -> pick(test, why, picks)).toList();
        row.tests().stream().filter(test -> !there.contains(test)).forEach(missing::add);
        if (!there.isEmpty() && !row.note().isEmpty()) {
          notes.add("%s: %s".formatted(String.join(", ", there), row.note()));
        }
      }
    }
  }

  private static String missing(Set<String> tests) {
    var first = tests.stream().limit(2).toList();
    int more = tests.size() - first.size();
    return "The target's map names tests for the changed files that the checkout does not have: %s%s."
        .formatted(String.join(", ", first), more == 0 ? "" : " and %d more".formatted(more));
  }

  private static String needs(TestRow row) {
    return switch (row.device()) {
      case GPU -> ", which says that it needs a GPU";
      case SOME_GPU -> ", which says that parts of it need a GPU";
      case CPU, UNKNOWN -> "";
    };
  }

  /// Whether the checkout has it.
  private boolean pick(String test, String why, List<Pick> picks) {
    return exists(test) && picks.add(new Pick(test, why));
  }

  private void fromText(List<Touched> changes, List<Pick> picks) {
    var imports = changes.stream().map(change -> TestImports.of(change, tracked)).toList();
    for (String test :
        tracked.stream().filter(f -> TEST_FILE.matcher(f).matches()).sorted().toList()) {
      var text = text(root.resolve(test));
      for (int i = 0; i < changes.size(); i++) {
        reason(changes.get(i), imports.get(i), text)
            .ifPresent(why -> picks.add(new Pick(test, why)));
      }
    }
  }

  private static Optional<String> reason(Touched change, TestImports imports, String text) {
    var used = change.names().stream().sorted().filter(name -> uses(text, name)).toList();
    if (imports.isIn(text)) {
      var names = used.isEmpty() ? "" : " and uses " + String.join(", ", used);
      return Optional.of("imports " + imports.module() + names);
    }
    return used.stream()
        .filter(name -> DISTINCTIVE.matcher(name).matches())
        .findFirst()
        .map(name -> "names %s, which changed in %s".formatted(name, change.file()));
  }

  private static boolean uses(String text, String name) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      if (!isPart(text, at - 1) && !isPart(text, at + name.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPart(String text, int at) {
    return at >= 0 && at < text.length() && Character.isJavaIdentifierPart(text.charAt(at));
  }

  private boolean exists(String test) {
    var path = root.resolve(test.replaceFirst("::.*", "")).normalize();
    return path.startsWith(root.normalize()) && Files.exists(path);
  }

  /// A tracked file can be missing from the work tree; then it cannot be picked.
  private static String text(Path file) {
    try {
      return Files.isRegularFile(file)
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
          : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
