package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Parameters and figures that are set to a value of the patch's own making: a number, or the old
/// value changed by one. What is only passed on, converted or moved to another device is left
/// alone, and so are the arguments of tensor operations.
final class ChangedConstants {
  private static final Map<Suspicion, Pattern> NAMES = new TreeMap<>();

  static {
    NAMES.put(
        Suspicion.TIMING,
        Pattern.compile(
            "(perf_counter|monotonic|process_time|time_ns|elapsed|time_taken|duration)\\w*"
                + "|\\w*(start|end|begin|stop|step|wall|elapsed|host|device)_?times?(_\\w+)?"));
    NAMES.put(
        Suspicion.SAMPLING,
        Pattern.compile(
            "temperature|top_k|top_p|min_p|beam_width|num_beams|max_tokens|max_new_tokens"
                + "|min_tokens|end_id|eos_token_id|stop_words|stop_token_ids|ignore_eos"
                + "|\\w+_penalty|best_of|num_return_sequences|logits_processors?|sampling_params"
                + "|sampling_config|greedy|do_sample|speculative_config|quant_config"));
    NAMES.put(
        Suspicion.REQUEST_COUNT,
        Pattern.compile(
            "num_requests|n_requests|request_count|num_prompts|num_samples|num_iters"
                + "|num_iterations|num_steps|iterations|warmup\\w*|max_batch_size"
                + "|max_num_requests|max_num_tokens|max_seq_len|concurrency|output_len\\w*"
                + "|input_len\\w*|num_layers|num_hidden_layers"));
    NAMES.put(
        Suspicion.METRICS,
        Pattern.compile(
            "\\w*(throughput|(?<!low_)latency|tpot|ttft|tok(ens)?_per_s\\w*|total_tokens|num_generated)\\w*"
                + "|\\w*_metrics?|iter_stats|statistics"));
    NAMES.put(Suspicion.SEED, Pattern.compile("(random_)?seed"));
  }

  private static final Pattern REQUESTS =
      Pattern.compile("\\w*(requests|prompts|samples|batches|reqs)");
  private static final Set<String> REDUCERS = Set.of("min", "max", "int", "round", "float", "abs");

  private final List<Trait> found = new ArrayList<>();

  private final Version version;

  private ChangedConstants(Version version) {
    this.version = version;
  }

  static List<Trait> in(Version version) {
    var settings = new ChangedConstants(version);
    version.nodes().forEach(settings::look);
    return settings.found;
  }

  private void look(Node node) {
    switch (node.kind()) {
      case "assignment", "named_expression", "default_parameter", "typed_default_parameter" ->
          name(node).ifPresent(n -> set(n, value(node), node));
      case "augmented_assignment" -> name(node).ifPresent(n -> changed(n, value(node), node));
      case "keyword_argument" -> {
        if (!isTensorArgument(node) && !turnsOnMetrics(node)) {
          name(node).ifPresent(n -> set(n, value(node), node));
        }
      }
      case "pair" ->
          node.child("key")
              .flatMap(Snippets::literal)
              .ifPresent(n -> set(n, node.child("value"), node));
      case "subscript" -> cut(node);
      case "call" -> Call.of(node).ifPresent(this::call);
      default -> {}
    }
  }

  private static Optional<String> name(Node node) {
    return node.child("left")
        .or(() -> node.child("name"))
        .flatMap(
            t ->
                t.is("subscript")
                    ? t.child("subscript").flatMap(Snippets::literal)
                    : Snippets.lastName(t));
  }

  private static Optional<Node> value(Node node) {
    return node.child("right").or(() -> node.child("value"));
  }

  private static Optional<Suspicion> kind(String name) {
    return NAMES.entrySet().stream()
        .filter(e -> e.getValue().matcher(name).matches())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private void set(String name, Optional<Node> value, Node node) {
    kind(name)
        .filter(
            s ->
                value
                    .filter(
                        v ->
                            isOwnMaking(v)
                                || isNamedNumber(v)
                                || s == Suspicion.METRICS && isRate(v))
                    .isPresent())
        .ifPresent(s -> add(s, "sets " + Snippets.quote(node), node));
  }

  private void changed(String name, Optional<Node> value, Node node) {
    var operator = node.child("operator").map(Node::text).orElse("+=");
    boolean counts =
        operator.equals("+=")
            && value.filter(v -> !hasNumber(v) || v.text().equals("1")).isPresent();
    if (!counts) {
      kind(name).ifPresent(s -> add(s, "changes " + Snippets.quote(node), node));
    }
  }

  /// `requests[:10]`, `prompts[::2]`: a part of the requests, by a number of the patch's own.
  private void cut(Node subscript) {
    boolean ofRequests =
        subscript
            .child("value")
            .flatMap(Snippets::lastName)
            .filter(ChangedConstants::isRequests)
            .isPresent();
    if (ofRequests
        && subscript.all("subscript").stream()
            .filter(s -> s.is("slice"))
            .anyMatch(s -> s.find("integer", "float").findAny().isPresent())) {
      add(
          Suspicion.REQUEST_COUNT,
          "takes a part of the requests, " + Snippets.quote(subscript),
          subscript);
    }
  }

  /// `setattr(params, "top_k", 1)`, `options.setdefault("top_k", 1)`, `islice(requests, 10)`.
  private void call(Call call) {
    if (call.isNamed("setattr", "setdefault", "setitem", "__setitem__")) {
      var values = call.positional();
      for (int i = 0; i + 1 < values.size(); i++) {
        var value = Optional.of(values.get(i + 1));
        Snippets.literal(values.get(i)).ifPresent(n -> set(n, value, call.node()));
      }
    } else if (call.isNamed("islice")
        && call.argument(0)
            .flatMap(Snippets::lastName)
            .filter(ChangedConstants::isRequests)
            .isPresent()
        && call.positional().stream().skip(1).anyMatch(ChangedConstants::hasNumber)) {
      add(
          Suspicion.REQUEST_COUNT,
          "takes a part of the requests, " + Snippets.quote(call.node()),
          call.node());
    }
  }

  private static boolean isRequests(String name) {
    return REQUESTS.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /// `ONE`, where the file has `ONE = 1`.
  private boolean isNamedNumber(Node value) {
    return value.is("identifier")
        && version.scopes().ofModule().getOrDefault(value.text(), List.of()).stream()
            .flatMap(b -> b.value().stream())
            .anyMatch(v -> v.is("integer", "float"));
  }

  /// `log_metrics=True`: more is recorded, and no figure is set.
  private static boolean turnsOnMetrics(Node keyword) {
    return keyword.child("value").filter(v -> v.is("true")).isPresent()
        && keyword
            .child("name")
            .filter(n -> n.text().matches("(log|enable|show|report|collect|print)_metrics?"))
            .isPresent();
  }

  private static boolean isTensorArgument(Node keyword) {
    return keyword
        .parent()
        .flatMap(Node::parent)
        .flatMap(Call::of)
        .filter(c -> c.isOf("torch") || c.isOf("np") || c.isOf("numpy"))
        .isPresent();
  }

  /// A literal, or an expression in which a number changes what was there.
  private static boolean isOwnMaking(Node value) {
    return switch (value.kind()) {
      case "integer", "float", "true", "false", "string" -> true;
      case "unary_operator", "not_operator", "parenthesized_expression" ->
          value.children().stream().anyMatch(ChangedConstants::isOwnMaking);
      case "binary_operator" -> isArithmetic(value);
      case "conditional_expression", "boolean_operator" ->
          value.children().stream()
              .filter(c -> !c.field().equals("operator"))
              .anyMatch(ChangedConstants::isOwnMaking);
      case "subscript" ->
          value.all("subscript").stream().anyMatch(s -> s.is("slice") && hasNumber(s));
      case "call" ->
          Call.of(value)
              .filter(c -> REDUCERS.contains(c.callee()))
              .filter(c -> c.positional().stream().anyMatch(ChangedConstants::isOwnMaking))
              .isPresent();
      default -> false;
    };
  }

  /// `n // 2` and `n * 0.5`, but not `n + 1` and `n - 1`, which count.
  private static boolean isArithmetic(Node operation) {
    var operator = operation.child("operator").map(Node::text).orElse("");
    return operation.children().stream()
        .filter(c -> c.field().equals("left") || c.field().equals("right"))
        .anyMatch(
            c ->
                c.is("integer", "float")
                    ? !(Set.of("+", "-").contains(operator) && c.text().equals("1"))
                    : c.is("binary_operator", "parenthesized_expression", "call")
                        && isOwnMaking(c));
  }

  /// How a figure is computed, `tokens / elapsed`.
  private static boolean isRate(Node value) {
    return value
        .find("binary_operator")
        .anyMatch(b -> b.child("operator").filter(o -> o.text().matches("[*/]")).isPresent());
  }

  private static boolean hasNumber(Node below) {
    return below.find("integer", "float").findAny().isPresent();
  }

  private void add(Suspicion suspicion, String what, Node node) {
    found.add(Trait.added(suspicion, what, Snippets.plain(node), node));
  }
}
