package hostperf.server.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The answer to `initialize`. A test holds it against the SDK's own.
///
/// @param version of the server
/// @param capabilities as the protocol writes them
/// @param instructions that every client gets
public record Greeting(
    String name, String version, Map<String, Object> capabilities, String instructions) {

  /// By the revision that the client wants, where the server speaks it; by the latest otherwise.
  ///
  /// @param revisions that the server speaks, the latest last
  Map<String, Object> answer(String wanted, List<String> revisions) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put(
        "protocolVersion",
        revisions.stream().filter(wanted::equals).findFirst().orElse(revisions.getLast()));
    answer.put("capabilities", capabilities);
    var server = new LinkedHashMap<String, Object>();
    server.put("name", name);
    server.put("version", version);
    answer.put("serverInfo", server);
    answer.put("instructions", instructions);
    return answer;
  }
}
