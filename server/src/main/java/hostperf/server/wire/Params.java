package hostperf.server.wire;

import static java.util.stream.Collectors.toMap;

import hostperf.report.UntrustedText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What each method of the protocol needs, so that the SDK only sees requests that it can read.
public final class Params {
  private static final int MOST_SHOWN = 60;

  /// The form of a value.
  private enum Form {
    TEXT,
    OBJECT;

    boolean fits(@Nullable Object value) {
      return this == TEXT ? value instanceof String : value instanceof Map<?, ?>;
    }

    String words() {
      return this == TEXT ? "a text" : "an object";
    }
  }

  private static final Map<String, Map<String, Form>> NEEDED = needed();

  /// Of a client; a server need not know the others.
  private static final List<String> CAPABILITIES =
      List.of("elicitation", "experimental", "roots", "sampling");

  private final Map<String, Map<String, Form>> methods;
  private final Set<String> tools;
  private final Supplier<Set<String>> prompts;

  /// @param tools names of the tools that are offered
  /// @param prompts names of the prompts
  public Params(Set<String> tools, Supplier<Set<String>> prompts) {
    this(tools, prompts, Set.of());
  }

  /// @param more methods of a server that offers more; what they need is not looked at
  public Params(Set<String> tools, Supplier<Set<String>> prompts, Set<String> more) {
    this.methods = new LinkedHashMap<>(NEEDED);
    more.forEach(method -> methods.put(method, Map.of()));
    this.tools = tools;
    this.prompts = prompts;
  }

  private static Map<String, Map<String, Form>> needed() {
    var needed = new LinkedHashMap<String, Map<String, Form>>();
    needed.put(
        "initialize",
        Map.of(
            "protocolVersion", Form.TEXT, "capabilities", Form.OBJECT, "clientInfo", Form.OBJECT));
    needed.put("ping", Map.of());
    needed.put("tools/list", Map.of());
    needed.put("tools/call", Map.of("name", Form.TEXT));
    needed.put("resources/list", Map.of());
    needed.put("resources/templates/list", Map.of());
    needed.put("resources/read", Map.of("uri", Form.TEXT));
    needed.put("prompts/list", Map.of());
    needed.put("prompts/get", Map.of("name", Form.TEXT));
    needed.put("completion/complete", Map.of("ref", Form.OBJECT, "argument", Form.OBJECT));
    return needed;
  }

  /// Why a request cannot be taken; empty where it can.
  Optional<JsonRpcError> fault(Incoming.Request request) {
    var method = request.method();
    var needed = methods.get(method);
    if (needed == null) {
      return Optional.of(
          JsonRpcError.method(
              "There is no method '%s'; there are %s."
                  .formatted(shown(method), String.join(", ", methods.keySet()))));
    }
    if (request.params() != null && !(request.params() instanceof Map<?, ?>)) {
      return Optional.of(
          JsonRpcError.params("`params` of %s must be an object.".formatted(method)));
    }
    var params = request.params() instanceof Map<?, ?> map ? map : Map.of();
    return first(method, "", params, needed)
        .or(() -> optional(method, params))
        .or(() -> inside(method, params));
  }

  private static Optional<JsonRpcError> optional(String method, Map<?, ?> params) {
    if (params.get("_meta") != null && !Form.OBJECT.fits(params.get("_meta"))) {
      return Optional.of(wrong(method, "_meta", Form.OBJECT));
    }
    var cursor = params.get("cursor");
    // Some clients send an empty one for the first page.
    if (method.endsWith("/list") && cursor != null && !cursor.equals("")) {
      return Optional.of(
          JsonRpcError.params(
              "There is no page after the first, so no cursor '%s'. Send %s without `cursor`."
                  .formatted(shown(String.valueOf(cursor)), method)));
    }
    // A tool's arguments are refused in its own words.
    return method.equals("prompts/get")
            && params.get("arguments") != null
            && !Form.OBJECT.fits(params.get("arguments"))
        ? Optional.of(wrong(method, "arguments", Form.OBJECT))
        : Optional.empty();
  }

  private Optional<JsonRpcError> inside(String method, Map<?, ?> params) {
    return switch (method) {
      case "initialize" ->
          first(
                  method,
                  "clientInfo.",
                  object(params, "clientInfo"),
                  Map.of("name", Form.TEXT, "version", Form.TEXT))
              .or(() -> capabilities(object(params, "capabilities")));
      case "tools/call" -> known("tool", tools, text(params, "name"));
      case "prompts/get" -> known("prompt", prompts.get(), text(params, "name"));
      case "completion/complete" ->
          reference(object(params, "ref"))
              .or(
                  () ->
                      first(
                          method,
                          "argument.",
                          object(params, "argument"),
                          Map.of("name", Form.TEXT, "value", Form.TEXT)));
      default -> Optional.empty();
    };
  }

  private static Optional<JsonRpcError> capabilities(Map<?, ?> given) {
    var named = CAPABILITIES.stream().filter(name -> given.get(name) != null);
    return first(
        "initialize", "capabilities.", given, named.collect(toMap(n -> n, _ -> Form.OBJECT)));
  }

  private static Optional<JsonRpcError> reference(Map<?, ?> ref) {
    var key =
        switch (String.valueOf(ref.get("type"))) {
          case "ref/prompt" -> "name";
          case "ref/resource" -> "uri";
          default -> "";
        };
    if (key.isEmpty()) {
      return Optional.of(
          JsonRpcError.params(
              "`ref.type` must be ref/prompt with `name`, or ref/resource with `uri`."));
    }
    return first("completion/complete", "ref.", ref, Map.of(key, Form.TEXT));
  }

  private static Optional<JsonRpcError> first(
      String method, String path, Map<?, ?> given, Map<String, Form> needed) {
    return needed.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(e -> !e.getValue().fits(given.get(e.getKey())))
        .findFirst()
        .map(e -> wrong(method, path + e.getKey(), e.getValue()));
  }

  private static Map<?, ?> object(Map<?, ?> given, String key) {
    return given.get(key) instanceof Map<?, ?> object ? object : Map.of();
  }

  private static String text(Map<?, ?> given, String key) {
    return given.get(key) instanceof String text ? text : "";
  }

  private static JsonRpcError wrong(String method, String name, Form form) {
    return JsonRpcError.params(
        "%s needs `%s`, %s, in `params`.".formatted(method, name, form.words()));
  }

  private static Optional<JsonRpcError> known(String what, Set<String> names, String name) {
    return names.contains(name)
        ? Optional.empty()
        : Optional.of(
            JsonRpcError.params(
                "Unknown %s '%s'; there are %s."
                    .formatted(what, shown(name), String.join(", ", new TreeSet<>(names)))));
  }

  private static String shown(String name) {
    var head = name.length() > MOST_SHOWN ? name.substring(0, MOST_SHOWN) + "…" : name;
    return UntrustedText.line(head, MOST_SHOWN + 1);
  }
}
