package hostperf.classify;

import static hostperf.classify.HotspotType.SERIALIZE;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// SERIALIZE: objects are turned into bytes or text, or back.
final class SerializeRule implements Rule {
  private static final Set<String> NAMES =
      Set.of(
          "dumps",
          "loads",
          "model_dump_json",
          "model_dump",
          "model_validate_json",
          "to_json",
          "from_json",
          "SerializeToString",
          "ParseFromString",
          "FromString",
          "asdict",
          "json",
          "serialize",
          "deserialize",
          "pickle",
          "unpickle",
          "to_dict",
          "MessageToDict",
          "packb",
          "unpackb",
          "send_pyobj",
          "recv_pyobj",
          "send_object",
          "recv_object",
          "tobytes",
          "b64encode",
          "b64decode");

  private static final String OWNERS = ".*(json|pickle|msgpack|msgspec|encoder|decoder|orjson).*";

  @Override
  public List<Finding> findings(Spot spot) {
    if (spot.function().name().matches("__(getstate|setstate|reduce|reduce_ex)__")) {
      return List.of(
          Finding.of(
              SERIALIZE,
              0.7,
              "`%s` runs each time the object is pickled or copied"
                  .formatted(spot.function().name())));
    }
    if (isAnswerOfRoute(spot)) {
      return List.of(
          Finding.of(
              SERIALIZE,
              0.68,
              "The function answers a web request, by its decorator: the object it returns becomes"
                  + " text"));
    }
    return spot.calls().stream()
        .filter(SerializeRule::serializes)
        .map(
            call ->
                Finding.of(
                    SERIALIZE,
                    0.87,
                    "%s turns an object into bytes or text, or back, by its name; it %s"
                        .formatted(quote(call.node()), spot.rate())))
        .toList();
  }

  /// What a route's handler returns, unless it is a response already.
  private static boolean isAnswerOfRoute(Spot spot) {
    return spot.statement().is("return_statement")
        && spot.calls().isEmpty()
        && spot.function().decorators().stream()
            .anyMatch(
                d ->
                    d.matches(
                        "(?s)(app|router|\\w*_router)\\.(get|post|put|api_route|route)\\(.*"));
  }

  private static boolean serializes(Call call) {
    return NAMES.contains(call.name())
        || call.resolved().matches("torch\\.(save|load)")
        || (call.isNamed("dump", "load", "encode", "decode", "send", "recv")
            && call.receiver()
                .filter(r -> r.text().toLowerCase(Locale.ROOT).matches(OWNERS))
                .isPresent());
  }
}
