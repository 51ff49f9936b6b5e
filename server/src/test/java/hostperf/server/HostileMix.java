package hostperf.server;

import static hostperf.server.Sessions.utf8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Lines that a client might send, and the answers that they must get.
final class HostileMix {
  private static final int RESULT = 0;
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}";
  private static final String OTHER = "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"%s\"%s}";
  private final Random random;

  /// By id as JSON: the code of the error that is wanted, or `RESULT`.
  private final Map<String, Integer> wanted = new LinkedHashMap<>();

  /// By code: how many errors without an id.
  private final Map<Integer, Integer> withoutId = new LinkedHashMap<>();

  private int next = 1_000;

  HostileMix(Random random) {
    this.random = random;
  }

  int requests() {
    return wanted.size() + withoutId.values().stream().mapToInt(n -> n).sum();
  }

  /// What comes too early.
  List<byte[]> before(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                switch (i) {
                  case 0 -> request(RESULT, OTHER, "ping", "");
                  case 1 -> request(-32600, OTHER, "tools/list", "");
                  default -> nameless(-32700, "{");
                })
        .toList();
  }

  List<byte[]> lines(int count) {
    return IntStream.range(0, count).mapToObj(_ -> line()).toList();
  }

  private byte[] line() {
    if (random.nextInt(200) == 0) {
      return tooLong();
    }
    return switch (random.nextInt(26)) {
      case 0, 1, 2, 3 -> request(RESULT, CALL, "status", "{}");
      case 4 -> request(RESULT, CALL, "search_references", "{\"query\":\"pinned memory\"}");
      case 5 -> request(RESULT, CALL, "status", pick("{\"run_id\":5}", "[1]", "\"x\"", "7"));
      case 6 -> request(RESULT, CALL, "start_run", "{\"goal\":\"\\ud800 \\u0000\"}");
      case 7 -> request(RESULT, OTHER, "ping", "");
      case 8 -> request(RESULT, OTHER, pick("tools/list", "prompts/list", "resources/list"), "");
      case 9 -> request(-32601, OTHER, pick("no/such", "logging/setLevel", "x".repeat(9_999)), "");
      case 10 -> request(-32602, CALL, pick("", "no_such", "status\\u0000", "../status"), "{}");
      case 11 -> request(-32602, OTHER, pick("tools/call", "prompts/get", "resources/read"), "");
      case 12 ->
          request(-32602, OTHER, "tools/call", ",\"params\":" + pick("[]", "1", "{}", "\"\""));
      case 13 -> request(-32002, OTHER, "resources/read", ",\"params\":{\"uri\":\"a:b\"}");
      case 14 -> request(-32602, OTHER, "prompts/get", ",\"params\":{\"name\":\"\"}");
      case 15 -> request(-32600, CALL, "status", nested(900 + random.nextInt(50_000)));
      case 16 -> nameless(-32700, pick("{", "}", "nonsense", "{\"a\":}", "\u0000", "[1,"));
      case 17 -> nameless(-32600, pick("[]", "[1]", "{}", "null", "1", "\"\"", "true"));
      case 18 -> nameless(-32600, OTHER.formatted(pick("null", "{}", "[]", "1.5"), "ping", ""));
      case 19 -> notUtf8();
      case 20 -> utf8(pick("", " ", "\r", "\t"));
      case 21 -> utf8("{\"jsonrpc\":\"2.0\",\"method\":\"%s\"}".formatted(pick("x", "tools/call")));
      case 22 -> utf8("{\"jsonrpc\":\"2.0\",\"id\":\"%d\",\"result\":[]}".formatted(next));
      case 23 -> request(RESULT, CALL, "job", "{\"job_id\":\"x\",\"action\":\"wait\"}");
      case 24 -> cancelled();
      default -> request(RESULT, CALL, "status", "{},\"_meta\":{\"progressToken\":[{}]}");
    };
  }

  private byte[] request(int answer, String form, String name, String rest) {
    var id = random.nextBoolean() ? String.valueOf(next++) : "\"text-%d\"".formatted(next++);
    wanted.put(id, answer);
    return utf8(form.formatted(id, name, rest));
  }

  private byte[] nameless(int code, String line) {
    withoutId.merge(code, 1, Integer::sum);
    return utf8(line);
  }

  private byte[] notUtf8() {
    withoutId.merge(-32700, 1, Integer::sum);
    return new byte[] {'"', (byte) 0xc3, '(', '"'};
  }

  private byte[] tooLong() {
    var text = "\"" + "x".repeat((16 << 20) + (1 << 17) + random.nextInt(4 << 20)) + "\"";
    if (random.nextBoolean()) {
      return request(-32600, CALL, "status", text);
    }
    var id = String.valueOf(next++);
    wanted.put(id, -32600);
    return utf8(
        "{\"method\":\"tools/call\",\"params\":{\"name\":\"status\",\"arguments\":%s},\"jsonrpc\":\"2.0\",\"id\":%s}"
            .formatted(text, id));
  }

  /// May come before the answer or after it: then none is owed and one is allowed.
  private byte[] cancelled() {
    var ids = new ArrayList<>(wanted.keySet());
    if (ids.isEmpty()) {
      return utf8(" ");
    }
    var id = ids.get(random.nextInt(ids.size()));
    wanted.remove(id);
    return utf8(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":%s}}"
            .formatted(id));
  }

  private String pick(String... some) {
    return some[random.nextInt(some.length)];
  }

  private static String nested(int depth) {
    return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  /// The answers that did not come, came twice, or are others than wanted.
  List<String> missing(RawServer server, Duration limit) {
    for (long left = limit.toMillis(); left > 0; left -= 50) {
      var faults = faults(server.said());
      if (faults.isEmpty()) {
        return faults;
      }
      RawServer.pause(50);
    }
    return faults(server.said());
  }

  private List<String> faults(Stream<JsonNode> said) {
    var open = new LinkedHashMap<>(wanted);
    var nameless = new LinkedHashMap<>(withoutId);
    var faults = new ArrayList<String>();
    said.filter(m -> m.has("error") || m.has("result"))
        .forEach(
            m -> {
              int code = m.at("/error/code").asInt(RESULT);
              if (m.path("id").isNull()) {
                nameless.merge(code, -1, Integer::sum);
              } else if (wanted.containsKey(m.get("id").toString())
                  && !Integer.valueOf(code).equals(open.remove(m.get("id").toString()))) {
                faults.add("not what was wanted, or twice: " + m);
              }
            });
    open.forEach((id, code) -> faults.add("no answer %d to %s".formatted(code, id)));
    nameless.values().removeIf(n -> n == 0);
    nameless.forEach((code, n) -> faults.add("%d errors %d too few".formatted(n, code)));
    return faults.size() > 5 ? faults.subList(0, 5) : faults;
  }
}
