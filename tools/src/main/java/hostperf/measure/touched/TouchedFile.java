package hostperf.measure.touched;

import hostperf.patch.FileChange;
import hostperf.patch.LineMap;
import hostperf.patch.LineMap.Stretch;
import hostperf.source.Node;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What one file's change touches, put to the account of a profile.
final class TouchedFile {
  private static final String[] JUMPS = {
    "return_statement", "continue_statement", "break_statement", "raise_statement", "yield"
  };

  private final String path;
  private final PythonFile before;
  private final PythonFile after;
  private final LineMap map;
  private final Set<Integer> added;
  private final TouchedCost cost;
  private final Map<String, TouchedFunction> touched = new LinkedHashMap<>();
  private final Map<String, PythonFunction> functions = new LinkedHashMap<>();
  private final Set<String> whole = new HashSet<>();

  TouchedFile(FileChange change, TouchedCost cost) {
    this.path = change.path();
    this.before = PythonFile.of(change.path(), change.before());
    this.after = PythonFile.of(change.path(), change.after());
    this.map = LineMap.of(change);
    this.added = new HashSet<>(map.added());
    this.cost = cost;
  }

  void add() {
    map.removed().stream().filter(line -> isCode(before, line)).forEach(this::removed);
    map.added().stream().filter(line -> isCode(after, line)).forEach(this::added);
    functions.forEach((name, function) -> account(function));
  }

  /// A line that is gone or rewritten takes its whole statement with it.
  private void removed(int line) {
    var function = before.functionAt(line);
    if (function.isEmpty()) {
      if (!isImport(before, line)) {
        cost.addUnknown("line %d of %s".formatted(line, path));
      }
      return;
    }
    var statement = function.get().statementAt(line);
    statement.ifPresentOrElse(s -> touched(function.get()).add(s), () -> addWhole(function.get()));
  }

  /// A new line takes no time away by itself, but it may set a name that others read, end a loop,
  /// return early, or change what the function does next.
  private void added(int line) {
    var function = after.functionAt(line);
    if (function.isEmpty()) {
      if (!isImport(after, line) && !isNewName(line)) {
        cost.addUnknown("new line %d of %s".formatted(line, path));
      }
      return;
    }
    var old = before.function(function.get().qualifiedName());
    if (old.isEmpty()) {
      if (isUsed(function.get().name())) {
        cost.addUnknown("`%s`".formatted(function.get().qualifiedName()));
      }
      return;
    }
    var statement = function.get().statementAt(line);
    if (statement.isEmpty() || jumps(statement.get(), line)) {
      addWhole(old.get());
    } else if (isLocal(statement.get()) || replaces(line)) {
      touched(old.get()).addNames(statement.get());
    } else {
      addWhole(old.get());
    }
  }

  private TouchedFunction touched(PythonFunction function) {
    functions.put(function.qualifiedName(), function);
    return touched.computeIfAbsent(function.qualifiedName(), _ -> new TouchedFunction(function));
  }

  private void addWhole(PythonFunction function) {
    var _ = touched(function);
    whole.add(function.qualifiedName());
  }

  private void account(PythonFunction function) {
    var changed = touched(function);
    if (changed.changesResult()) {
      cost.addUnknown("all code that uses what `%s` returns".formatted(function.qualifiedName()));
    }
    changed.attributes().forEach(cost::addMentions);
    var profiled = cost.function(path, function.line());
    if (profiled.isEmpty()) {
      unprofiled(function);
    } else if (whole.contains(function.qualifiedName())
        || !("." + profiled.get().name()).endsWith("." + function.name())) {
      // The lines of a function inside a profiled one are not timed, only its calls are.
      cost.addWhole(profiled.get());
    } else {
      changed.lines().forEach(lines -> cost.add(profiled.get(), lines));
    }
  }

  /// Its time is that of the lines that call it, where these are all known: a private name of which
  /// this file has no use outside profiled functions.
  private void unprofiled(PythonFunction function) {
    String name = function.name();
    boolean isPrivate = name.startsWith("_") && !name.startsWith("__");
    if (!isPrivate || !cost.mentions(name) || hasOtherUse(function)) {
      cost.addUnknown("`%s`".formatted(function.qualifiedName()));
      return;
    }
    cost.addMentions(name);
  }

  private boolean hasOtherUse(PythonFunction function) {
    var word = TouchedCost.word(function.name());
    return IntStream.rangeClosed(1, before.lineCount())
        .filter(line -> !function.covers(line) && word.matcher(before.line(line)).find())
        .anyMatch(line -> cost.function(path, line).isEmpty());
  }

  private boolean replaces(int line) {
    return stretches(line).anyMatch(s -> s.before().first() <= s.before().last());
  }

  /// Whether new code leaves a loop or the function where the old one went on: `return a` in place
  /// of `return b` runs as far as before.
  private boolean jumps(Node statement, int line) {
    boolean jump = statement.find(JUMPS).anyMatch(n -> added.contains(n.line()));
    return jump
        && stretches(line)
            .flatMapToInt(s -> IntStream.rangeClosed(s.before().first(), s.before().last()))
            .mapToObj(old -> before.functionAt(old).flatMap(f -> f.statementAt(old)))
            .flatMap(Optional::stream)
            .noneMatch(s -> s.is(JUMPS));
  }

  private Stream<Stretch> stretches(int line) {
    return map.stretches().stream().filter(s -> s.after().contains(line));
  }

  /// `x = …`: nothing but a value under a plain name.
  private static boolean isLocal(Node statement) {
    return statement.is("expression_statement")
        && statement.items().stream()
            .allMatch(
                n ->
                    n.is("assignment")
                        && n.child("left")
                            .filter(l -> l.is("identifier", "pattern_list", "tuple_pattern"))
                            .isPresent());
  }

  private static boolean isImport(PythonFile file, int line) {
    return file.root().children().stream()
        .filter(n -> n.covers(line))
        .anyMatch(n -> n.is("import_statement", "import_from_statement"));
  }

  /// A module's new name, which only touched code can read.
  private boolean isNewName(int line) {
    return after.root().children().stream()
        .filter(n -> n.covers(line) && added.contains(n.line()))
        .filter(n -> n.is("expression_statement"))
        .flatMap(n -> n.items().stream())
        .filter(n -> n.is("assignment"))
        .flatMap(n -> n.child("left").stream())
        .anyMatch(
            left ->
                left.is("identifier")
                    && !isUsed(left.text())
                    && before.constant(left.text()).isEmpty());
  }

  private boolean isUsed(String name) {
    return name.startsWith("__") || cost.mentions(name);
  }

  private static boolean isCode(PythonFile file, int line) {
    String text = file.line(line).strip();
    return !text.isEmpty() && !text.startsWith("#");
  }
}
