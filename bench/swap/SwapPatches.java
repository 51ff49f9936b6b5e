import hostperf.patch.FileChange;
import hostperf.source.Names;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;

/// Patches for `SwapBench`: some that change nothing, some with a gain of known size.
final class SwapPatches {
  record Called(Path file, String function, double perStep) {}

  record Patch(String kind, String what, FileChange change) {}

  private final Path checkout;
  private final Random random;

  SwapPatches(Path checkout, Random random) {
    this.checkout = checkout;
    this.random = random;
  }

  Optional<Patch> noOp(Called called) {
    var file = file(called);
    var function = file.function(called.function());
    if (function.isEmpty()) {
      return Optional.empty();
    }
    return random.nextBoolean() ? commented(file, function.get()) : renamed(file, function.get());
  }

  private Optional<Patch> commented(PythonFile file, PythonFunction function) {
    var statements = function.body().items();
    var at = statements.get(random.nextInt(statements.size()));
    int start = file.offset(at.line());
    var indent = file.text().substring(start, at.start());
    if (!indent.isBlank()) {
      return Optional.empty();
    }
    var text = file.text().substring(0, start) + indent + "# A remark.\n" + file.text().substring(start);
    return Optional.of(patch("no-op", "a comment in " + function.qualifiedName(), file, text));
  }

  private Optional<Patch> renamed(PythonFile file, PythonFunction function) {
    var locals =
        function.names().bindings().stream()
            .filter(b -> b.kind() == Names.Kind.ASSIGNED && b.name().matches("[a-z]\\w*"))
            .map(Names.Binding::name)
            .filter(n -> function.parameter(n).isEmpty() && !file.text().contains("global " + n))
            .distinct()
            .toList();
    if (locals.isEmpty() || !function.nested().isEmpty()) {
      return Optional.empty();
    }
    var name = locals.get(random.nextInt(locals.size()));
    var uses =
        new ArrayList<>(
            function.body().find("identifier")
                .filter(n -> n.text().equals(name) && !n.field().equals("attribute"))
                .filter(n -> !(n.field().equals("name") && n.parent().filter(p -> p.is("keyword_argument")).isPresent()))
                .toList());
    Collections.reverse(uses);
    var text = new StringBuilder(file.text());
    uses.forEach(n -> text.replace(n.start(), n.end(), name + "_renamed"));
    return Optional.of(
        patch("no-op", "`" + name + "` renamed in " + function.qualifiedName(), file, text.toString()));
  }

  /// The candidate is the file as it is; the base wastes some of the step.
  Optional<Patch> wasted(Called called, int turns, double gain) {
    var file = file(called);
    return file.function(called.function())
        .map(
            function -> {
              var first = function.body().items().getFirst();
              int start = file.offset(first.line());
              var indent = file.text().substring(start, first.start());
              var waste = indent + "for _waste in range(%d): pass\n".formatted(turns);
              var base = file.text().substring(0, start) + waste + file.text().substring(start);
              return new Patch(
                  "gain", "%.1f%% in %s".formatted(gain * 100, function.qualifiedName()),
                  new FileChange(file.path(), base, file.text()));
            });
  }

  private static Patch patch(String kind, String what, PythonFile file, String after) {
    return new Patch(kind, what, new FileChange(file.path(), file.text(), after));
  }

  private PythonFile file(Called called) {
    return new Sources(checkout).file(called.file().toString()).orElseThrow();
  }
}
