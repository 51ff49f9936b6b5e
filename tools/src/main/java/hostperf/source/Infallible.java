package hostperf.source;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether an expression is seen not to fail, so that evaluating it less often, or earlier, neither
/// takes an exception away nor brings one.
///
/// What has no side effect can fail all the same: `xs.index(2)`, `d.copy() + 1`, an attribute that
/// its class does not set. Only what is seen not to fail counts.
public final class Infallible {
  private static final Set<String> ON_DICT = Set.of("get", "keys", "values", "items", "copy");
  private static final Set<String> ON_TEXT =
      Set.of("upper", "lower", "strip", "lstrip", "rstrip", "title", "splitlines");

  private final SideEffects effects;
  private final Types types;
  private final Kinds kinds;
  private final PythonFunction in;

  public Infallible(SideEffects effects, PythonFunction in) {
    this.effects = effects;
    this.types = effects.types();
    this.kinds = effects.kinds();
    this.in = in;
  }

  /// Seen to have no side effect and not to fail.
  public boolean is(Node expression) {
    return effects.isPure(expression) && cannot(expression);
  }

  private boolean cannot(Node node) {
    return switch (node.kind()) {
      case "identifier", "integer", "float", "true", "false", "none", "lambda" -> true;
      case "string_start", "string_content", "string_end", "escape_sequence", "comment" -> true;
      case "type_conversion" -> true;
      case "attribute" -> node.child("object").filter(o -> cannot(o) && isSet(o, node)).isPresent();
      case "call" -> Call.of(node).filter(this::call).isPresent();
      case "binary_operator" -> each(node) && operator(node);
      case "comparison_operator" -> each(node) && comparison(node);
      case "interpolation" -> each(node);
      case "dictionary" ->
          each(node)
              && node.find("pair").flatMap(p -> p.child("key").stream()).allMatch(this::isPlain);
      case "not_operator",
          "boolean_operator",
          "conditional_expression",
          "parenthesized_expression",
          "list",
          "tuple",
          "pair",
          "string",
          "concatenated_string",
          "argument_list" ->
          each(node);
      case "keyword_argument" -> node.child("value").filter(this::cannot).isPresent();
      default -> false;
    };
  }

  private boolean each(Node node) {
    return node.children().stream()
        .filter(c -> !c.field().startsWith("operator"))
        .allMatch(this::cannot);
  }

  /// A number or a text, so that it can be hashed.
  private boolean isPlain(Node node) {
    return kinds.is(node, Kind.NUMBER, Kind.TEXT);
  }

  /// An attribute that the class sets, and no property.
  private boolean isSet(Node object, Node attribute) {
    var name = attribute.child("attribute").map(Node::text).orElse("");
    return types
        .of(object, in)
        .filter(
            c ->
                types.lineages().method(c, name).isEmpty()
                    && types.lineages().attribute(c, name).isPresent())
        .isPresent();
  }

  private boolean operator(Node node) {
    var kind = node.child("left").flatMap(kinds::of);
    boolean alike = kind.isPresent() && kind.equals(node.child("right").flatMap(kinds::of));
    var sign = node.child("operator").map(Node::text).orElse("");
    return alike
        && switch (kind.get()) {
          case NUMBER -> sign.matches("[+*-]");
          case TEXT, LIST -> sign.equals("+");
          default -> false;
        };
  }

  private boolean comparison(Node node) {
    var left = node.items().getFirst();
    var right = node.items().getLast();
    return node.items().size() == 2
        && node.all("operators").stream()
            .map(Node::text)
            .allMatch(
                o ->
                    o.matches("==|!=|is(\\s+not)?")
                        || o.matches("(not\\s+)?in")
                            && isPlain(left)
                            && kinds.is(right, Kind.DICT, Kind.SET, Kind.LIST, Kind.TUPLE)
                        || kinds.is(left, Kind.NUMBER) && kinds.is(right, Kind.NUMBER));
  }

  private boolean call(Call call) {
    var arguments = call.node().child("arguments").filter(this::cannot);
    if (arguments.isEmpty()) {
      return false;
    }
    if (effects.isBuiltin(call)) {
      return builtin(call);
    }
    var made = types.made(call, in);
    return made.isPresent() ? constructs(made.get(), call) : method(call);
  }

  private boolean builtin(Call call) {
    var only = call.argument(0);
    return switch (call.callee()) {
      case "str", "repr", "isinstance", "id", "type" -> true;
      case "len" ->
          only.filter(
                  a -> kinds.of(a).filter(k -> k != Kind.NUMBER && k != Kind.TENSOR).isPresent())
              .isPresent();
      case "list", "tuple" -> only.isEmpty() || only.filter(kinds::isReiterable).isPresent();
      case "dict", "set" -> only.isEmpty();
      case "min", "max" ->
          call.positional().size() > 1
              && call.positional().stream().allMatch(a -> kinds.is(a, Kind.NUMBER));
      default -> false;
    };
  }

  private boolean method(Call call) {
    Optional<Kind> kind = call.receiver().filter(this::cannot).flatMap(kinds::of);
    return kind.isPresent()
        && switch (kind.get()) {
          case DICT, DEFAULTING ->
              ON_DICT.contains(call.name())
                  && (!call.isNamed("get") || call.argument(0).filter(this::isPlain).isPresent());
          case LIST, SET, DEQUE -> call.isNamed("copy");
          case TEXT -> ON_TEXT.contains(call.name());
          default -> false;
        };
  }

  /// It only keeps what it is given, and is given what it takes.
  private boolean constructs(PythonClass made, Call call) {
    var init = types.lineages().method(made, "__init__");
    if (init.isEmpty()) {
      return false;
    }
    List<PythonFunction.Parameter> takes = init.get().parameters();
    boolean fits =
        call.node().child("arguments").stream()
                .flatMap(a -> a.items().stream())
                .noneMatch(a -> a.is("keyword_argument"))
            && call.positional().size() < takes.size()
            && takes.stream()
                .skip(call.positional().size() + 1L)
                .allMatch(p -> p.standard().isPresent());
    return fits && init.get().body().items().stream().allMatch(Infallible::keeps);
  }

  /// `self.n = n`.
  private static boolean keeps(Node statement) {
    return statement.is("comment")
        || statement.is("expression_statement")
            && statement.items().stream()
                .allMatch(
                    a ->
                        a.is("assignment")
                            && a.child("left").filter(l -> l.text().startsWith("self.")).isPresent()
                            && a.child("right")
                                .filter(r -> r.is("identifier", "integer", "none", "string"))
                                .isPresent());
  }
}
