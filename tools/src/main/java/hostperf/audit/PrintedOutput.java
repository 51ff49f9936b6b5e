package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is printed or logged, where a metric could be read from it.
final class PrintedOutput {
  private static final Set<String> LEVELS =
      Set.of(
          ("debug info warning warn error critical exception debug_once info_once warning_once"
                  + " error_once fatal")
              .split(" "));
  private static final Pattern LOGGER = Pattern.compile("(?i)_*(\\w*_)?log(s|ger|ging)?");
  private static final Pattern PLACES =
      Pattern.compile("%[-#0 +]*(\\*|\\d+)?(\\.\\d+)?[sr](?=%[-#0 +]*(\\*|\\d+)?(\\.\\d+)?[sr])");

  private final Version version;
  private final MetricText metrics;
  private final List<Trait> found = new ArrayList<>();

  private PrintedOutput(Version version, MetricText metrics) {
    this.version = version;
    this.metrics = metrics;
  }

  static List<Trait> in(Version version, MetricText metrics) {
    var outputs = new PrintedOutput(version, metrics);
    version.nodes().forEach(outputs::look);
    return outputs.found;
  }

  /// Calls that print or log a text which no metric is read from.
  static List<Node> unread(Version version, MetricText metrics) {
    return lines(version, metrics, List.of());
  }

  /// Those as well whose text is of values alone: they could print a figure, but without their
  /// line there is one figure less, which a measurement notices.
  static List<Node> dispensable(Version version, MetricText metrics) {
    return lines(version, metrics, List.of(Trait.Asked.WHEN_ADDED));
  }

  private static List<Node> lines(Version version, MetricText metrics, List<Trait.Asked> too) {
    var outputs = new PrintedOutput(version, metrics);
    return version.nodes().stream()
        .filter(n -> n.is("call"))
        .flatMap(n -> Call.of(n).stream())
        .filter(c -> outputs.prints(c) && outputs.readable(c).allMatch(too::contains))
        .map(Call::node)
        .toList();
  }

  private Stream<Trait.Asked> readable(Call call) {
    int known = found.size();
    printed(call);
    return found.stream().skip(known).map(Trait::asked);
  }

  private void look(Node node) {
    if (node.is("call")) {
      Call.of(node).filter(this::prints).ifPresent(this::printed);
    } else if (node.is("identifier") && isPrintHandedOn(node)) {
      add("passes on `print`", node);
    } else if (node.is("assignment") && isSetOnLogger(node)) {
      add("sets " + Snippets.quote(node), node);
    } else if (node.is("attribute") && isLogHandedOn(node)) {
      add("passes on " + Snippets.quote(node), node);
    } else if (node.is("string") && !Snippets.isDocumentation(node) && !isPrinted(node)) {
      metrics
          .wordIn(Snippets.unescaped(node.text()))
          .ifPresent(
              w -> add("holds a text with `%s`, a word of a metric's line".formatted(w), node));
    }
  }

  private boolean prints(Call call) {
    var name = call.name();
    return call.function().filter(f -> f.is("attribute")).isPresent()
        ? LEVELS.contains(name) || name.equals("log") && isLogger(call)
        : call.function()
            .filter(f -> version.scopes().resolve(f).contains("builtins.print"))
            .isPresent();
  }

  private static boolean isLogger(Call call) {
    return call.receiver()
        .flatMap(Snippets::lastName)
        .filter(n -> LOGGER.matcher(n).matches())
        .isPresent();
  }

  private void printed(Call call) {
    var template = new Template(version);
    boolean isPrint = !call.function().filter(f -> f.is("attribute")).isPresent();
    int texts = isPrint ? call.positional().size() : call.name().equals("log") ? 2 : 1;
    call.positional().stream().limit(texts).forEach(template::add);
    boolean values = template.values || call.positional().size() > texts;
    var literal = template.literal.toString();
    boolean isPieced = template.joined || PLACES.matcher(literal).find();
    if (isPieced || metrics.canRead(literal, values)) {
      var trait =
          new Trait(
              Suspicion.METRICS,
              "prints or logs " + Snippets.quote(literal.isBlank() ? "a value" : literal),
              key(call),
              call.node(),
              metrics.canRead(literal, false)
                      || isPieced && literal.chars().anyMatch(Character::isLetter)
                  ? Trait.Asked.WHEN_ADDED_OR_REMOVED
                  : Trait.Asked.WHEN_ADDED);
      found.add(trait.withAlias(Hoisted.plain(call.node()) + place(call, Hoisted::plain)));
    }
  }

  /// The parts of a text that are written out, and whether values stand among them.
  private static final class Template {
    private final Version version;
    private final StringBuilder literal = new StringBuilder();
    private boolean values;
    private boolean joined;
    private boolean afterValue;

    Template(Version version) {
      this.version = version;
    }

    void add(Node part) {
      switch (part.kind()) {
        case "parenthesized_expression", "concatenated_string" -> part.items().forEach(this::add);
        case "string" -> part.items().forEach(this::add);
        case "string_start", "string_end", "escape_sequence" -> {}
        case "string_content", "escape_interpolation" -> {
          literal.append(Snippets.unescaped(part.text()));
          afterValue = false;
        }
        case "binary_operator" -> {
          part.child("left").ifPresent(this::add);
          if (part.child("operator").filter(o -> o.text().equals("%")).isPresent()) {
            values = true;
          } else {
            part.child("right").ifPresent(this::add);
          }
        }
        case "call" -> {
          var format = Call.of(part).filter(c -> c.name().equals("format")).flatMap(Call::receiver);
          format.ifPresentOrElse(this::add, this::value);
        }
        case "identifier" -> constant(part).ifPresentOrElse(this::add, this::value);
        default -> value();
      }
    }

    /// The text of a name that the module sets once, outside all functions.
    private Optional<Node> constant(Node name) {
      var bound = version.scopes().ofModule().getOrDefault(name.text(), List.of());
      return bound.size() == 1 && !version.scopes().isLocal(name)
          ? bound.getFirst().value().filter(v -> Snippets.literal(v).isPresent())
          : Optional.empty();
    }

    private void value() {
      values = true;
      joined |= afterValue;
      afterValue = true;
    }
  }

  /// The call with the conditions it stands under. A guard that asks what the call asks itself
  /// makes no difference.
  private static String key(Call call) {
    return Snippets.plain(call.node()) + place(call, Snippets::plain);
  }

  /// @param text how a condition is written down
  private static String place(Call call, Function<Node, String> text) {
    return call.node()
            .ancestors()
            .takeWhile(a -> !a.is("function_definition"))
            .filter(
                a ->
                    a.is(
                        "if_statement",
                        "elif_clause",
                        "else_clause",
                        "for_statement",
                        "while_statement",
                        "except_clause",
                        "boolean_operator",
                        "conditional_expression"))
            .filter(a -> !isOwnGuard(a, call))
            .map(
                a ->
                    a.is("if_statement", "elif_clause")
                        ? a.kind() + " " + a.child("condition").map(text).orElse("")
                        : a.is("boolean_operator", "conditional_expression")
                            ? text.apply(a)
                            : Snippets.own(a))
            .collect(Collectors.joining(" < ", " < ", ""))
        + " in "
        + Snippets.function(call.node());
  }

  private static boolean isOwnGuard(Node condition, Call log) {
    return condition.is("if_statement")
        && log.receiver().isPresent()
        && condition.child("consequence").filter(c -> c.contains(log.node())).isPresent()
        && condition
            .child("condition")
            .filter(
                c ->
                    Snippets.plain(c)
                        .matches(
                            Pattern.quote(Snippets.plain(log.receiver().get()))
                                + "\\.(isEnabledFor\\((logging\\.)?DEBUG\\)"
                                + "|level in\\(\"verbose\", \"debug\", \"trace\"\\))"))
            .isPresent()
        && log.name().equals("debug");
  }

  private boolean isPrintHandedOn(Node identifier) {
    return !version.scopes().isBinding(identifier)
        && !Snippets.isMemberOrKeyword(identifier)
        && !isCalled(identifier)
        && version.scopes().resolve(identifier).contains("builtins.print");
  }

  private static boolean isCalled(Node callee) {
    return callee.field().equals("function")
        && callee.parent().filter(p -> p.is("call")).isPresent();
  }

  private static boolean isSetOnLogger(Node assignment) {
    return assignment
        .child("left")
        .filter(l -> l.is("attribute"))
        .flatMap(l -> l.child("object"))
        .flatMap(Snippets::lastName)
        .filter(n -> LOGGER.matcher(n).matches())
        .isPresent();
  }

  private static boolean isLogHandedOn(Node attribute) {
    return Snippets.lastName(attribute).filter(LEVELS::contains).isPresent()
        && attribute
            .child("object")
            .flatMap(Snippets::lastName)
            .filter(n -> LOGGER.matcher(n).matches())
            .isPresent()
        && !isCalled(attribute);
  }

  /// Texts within a call that prints are judged with it.
  private boolean isPrinted(Node string) {
    return string
        .ancestors()
        .takeWhile(a -> !a.is("block", "module"))
        .flatMap(a -> Call.of(a).stream())
        .anyMatch(this::prints);
  }

  private void add(String what, Node node) {
    found.add(
        Trait.added(Suspicion.METRICS, what, Snippets.plain(Snippets.callAround(node)), node));
  }
}
