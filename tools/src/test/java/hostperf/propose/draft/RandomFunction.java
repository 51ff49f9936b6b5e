package hostperf.propose.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A random Python function over the classes of `src/test/python/drafts`, some of which look
/// harmless and are not: queues, iterators, files, properties with effects, `__getattr__`.
///
/// @param text of the module, the function `f` at its end
/// @param kinds of the arguments, by the annotations; `any` where there is none
record RandomFunction(String text, List<String> kinds) {

  /// @param prelude harmless classes
  /// @param hostile blocks that a module may have
  static RandomFunction of(Random random, String prelude, List<String> hostile) {
    return new Writer(random, hostile).write(prelude);
  }

  private static final class Writer {
    private final Random random;
    private final StringBuilder module = new StringBuilder();
    private final List<String> items = new ArrayList<>();
    private final List<String> lists = new ArrayList<>();
    private final List<String> numbers = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> parameters = new ArrayList<>();
    private final List<String> kinds = new ArrayList<>();

    Writer(Random random, List<String> hostile) {
      this.random = random;
      for (var block : hostile) {
        if (random.nextInt(3) == 0) {
          module.append('\n').append(block);
        }
      }
    }

    RandomFunction write(String prelude) {
      parameter("a", "Item", "Item", items);
      parameter("b", "Item", "alias", items);
      parameter("xs", "list[int]", "list", lists);
      parameter("rs", "list[Item]", "items", new ArrayList<>());
      parameter("d", "dict[int, int]", "dict", new ArrayList<>());
      parameter("n", "int", "int", numbers);
      parameter("s", "str", "str", new ArrayList<>());
      parameter("ls", "list[list[int]]", "lists", new ArrayList<>());
      var body = body();
      return new RandomFunction(
          prelude + module + "\n\ndef f(" + String.join(", ", parameters) + "):\n" + body.indent(4),
          kinds);
    }

    /// Now and then without its annotation, and then anything may come.
    private void parameter(String name, String type, String kind, List<String> known) {
      if (random.nextInt(6) == 0) {
        parameters.add(name);
        kinds.add("any");
        unknown.add(name);
      } else {
        parameters.add(name + ": " + type);
        kinds.add(kind);
        known.add(name);
      }
    }

    private String body() {
      return switch (random.nextInt(12)) {
        case 0, 1, 2 -> loop();
        case 3 -> guarded();
        case 4 -> comprehension();
        case 5 -> twice();
        case 6 -> twoStatements();
        case 7 -> lookups();
        case 8 -> logs();
        case 9 ->
            oneOf(
                "return sum(ls, [])",
                "return sum([r.items for r in rs], [])",
                sorted(),
                gathered());
        case 10 -> regex();
        default -> compares();
      };
    }

    private String loop() {
      return "out = []\nfor r in "
          + walked()
          + ":\n"
          + statements(2).indent(4)
          + "    out.append("
          + expression()
          + ")\n"
          + statements(1).indent(4)
          + tail();
    }

    private String guarded() {
      return "out = []\nfor r in "
          + walked()
          + ":\n    p = "
          + oneOf("Made(%s)", "Box(%s)", "[%s]", "dict(k=%s)", made()).formatted(expression())
          + "\n"
          + statements(1).indent(4)
          + "    if "
          + condition()
          + ":\n        out.append(p)\n"
          + tail();
    }

    private String made() {
      return module.indexOf("class Ticket") > 0 ? "Ticket(%s)" : "Made(%s)";
    }

    private String comprehension() {
      return statements(1)
          + "return [x for x in "
          + walked()
          + " if x "
          + oneOf("in", "not in")
          + " "
          + oneOf("set(xs)", "set(a.items)", "list(d)", "sorted(" + walked() + ")", "set(b.table)")
          + "]\n";
    }

    private String twice() {
      var e = expression();
      return statements(1)
          + "v = ("
          + e
          + ", "
          + oneOf("1", expression(), "loud(2)", "a.bump()", "touch(b)")
          + ", "
          + e
          + ")\nreturn v\n";
    }

    private String twoStatements() {
      var e = chain();
      return "v = "
          + e
          + "\n"
          + statements(2)
          + "if "
          + e
          + ":\n    v += 1\nreturn (v, "
          + e
          + ")\n";
    }

    private String lookups() {
      return "out = []\nfor x in "
          + oneOf("xs", "range(3)", "list(xs)")
          + ":\n"
          + statements(1).indent(4)
          + "    "
          + oneOf(
              "if x in " + oneOf("xs", "a.items", "b.items", "d") + ":\n        out.append(x)\n",
              "out.append(xs.index(x) if x in xs else 0)\n",
              "if x in xs:\n        out.append(xs.index(x))\n")
          + tail();
    }

    private String logs() {
      return statements(1)
          + "logger."
          + oneOf("debug", "info", "warning")
          + "("
          + oneOf(
              "f\"at {" + expression() + "}\"",
              "f\"{a} {b}\"",
              "\"at \" + str(" + expression() + ")",
              "\"at %s\", " + expression(),
              "f\"{loud(3)}\"",
              "f\"{xs!r} {n:3d}\"")
          + ")\nreturn a\n";
    }

    private String sorted() {
      return "ys = "
          + oneOf("[x for x in xs]", "list(xs)", "xs", "a.items")
          + "\n"
          + oneOf("", "zs = ys\n", "b.items = ys\n", "touch(a)\n")
          + "ys = sorted(ys)\nreturn (ys, xs)\n";
    }

    private String gathered() {
      return statements(1)
          + "return "
          + oneOf("tuple(%s", "list(%s", "set(%s", "dict((x, %s)", "'-'.join('ab'[%s is None]")
              .formatted(expression())
          + " for x in "
          + walked()
          + ")\n";
    }

    private String regex() {
      return "out = []\nfor x in range(2):\n    out.append(re."
          + oneOf("sub(\"a\", \"b\", s)", "findall(\"a+\", s)", "split(\"a\", s, 1)", "match(s, s)")
          + ")\nreturn [str(len(o or '')) if not hasattr(o, 'span') else o.span() for o in out]\n";
    }

    private String compares() {
      return "out = []\nfor x in (0, 1, "
          + oneOf("0", "1")
          + "):\n"
          + statements(1).indent(4)
          + "    if State(x) == State.RUNNING:\n        out.append("
          + expression()
          + ")\n"
          + tail();
    }

    private String tail() {
      return oneOf("return out\n", "return (out, a.n)\n", "return out[-1:] + [len(out)]\n");
    }

    private String walked() {
      return oneOf("xs", "rs", "range(3)", "list(a.items)", "d", "list(xs)", "enumerate(xs)", "b");
    }

    private String condition() {
      return oneOf("a.n > 3", "n", chain(), "xs", "r is not None", "a.box.n % 2", "loud(n)");
    }

    private String chain() {
      return oneOf(
          "a.box.n",
          "b.box.n",
          "a.size",
          "a.doubled",
          "b.size",
          "a.table",
          "a.box",
          "a.name",
          "SHARED.n",
          "SHARED.box.n",
          "a.ticks",
          "b.n");
    }

    private String expression() {
      return switch (random.nextInt(4)) {
        case 0 -> chain();
        case 1 ->
            oneOf(
                "a.total()",
                "a.get(n)",
                "a.bump()",
                "d.get(1, 0)",
                "b.get(1)",
                "d.copy()",
                "len(xs)",
                "len(a.items)",
                "pure(n)",
                "loud(n)",
                "count_up()",
                "max(n, a.n)",
                "sum(xs)",
                "xs.index(2)",
                "s.join(['x', 'y'])",
                "a.items[0]",
                "xs[0]",
                "next(iter(xs))",
                "list(xs)",
                "sorted(xs)",
                "xs.copy()",
                "s.upper()",
                "b.item()");
        case 2 -> "(" + expression() + oneOf(" + 1", " == 2", " or 1", " is None") + ")";
        default -> oneOf("a.box.n + b.box.n", "pure(a.n)", "a.size * 2", "min(a.size, n)", "n + 1");
      };
    }

    private String statements(int most) {
      var text = new StringBuilder();
      for (int i = random.nextInt(most + 1); i > 0; i--) {
        text.append(
                oneOf(
                    "pass",
                    "a.n += 1",
                    "b.n = 3",
                    "a.bump()",
                    "touch(a)",
                    "touch(b)",
                    "loud(0)",
                    "a.replace()",
                    "b.box = Box(9)",
                    "shift_shared()",
                    "a.grow(4)",
                    "b.grow(5)",
                    "a.items = [1]",
                    "d[5] = 1",
                    "n += 1",
                    "a.box.n += 2",
                    "box = a.box\nbox.n = 4",
                    "if n > 1:\n    a.n += 2",
                    "count_up()",
                    "ys = xs\nys[-1:] = [9]",
                    "s = s + \"c\"",
                    "a = b",
                    "SHARED.box = Box(1)",
                    "a.size",
                    "b.get(3)"))
            .append('\n');
      }
      return text.toString();
    }

    private String oneOf(String... choices) {
      return choices[random.nextInt(choices.length)];
    }
  }
}
