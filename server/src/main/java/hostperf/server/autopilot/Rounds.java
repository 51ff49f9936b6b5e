package hostperf.server.autopilot;

import hostperf.server.client.Answer;
import hostperf.server.client.ServerSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Calls to the server about one run, told as they happen.
final class Rounds {
  /// An answer's lines that are told; the rest is in the run's files.
  private static final int MOST_LINES = 14;

  private final ServerSession server;
  private final Consumer<String> progress;
  private final String runId;
  private final List<String> refused = new ArrayList<>();

  Rounds(ServerSession server, Consumer<String> progress, String runId) {
    this.server = server;
    this.progress = progress;
    this.runId = runId;
  }

  String runId() {
    return runId;
  }

  /// Calls a tool for the run.
  Answer call(String tool, Map<String, Object> arguments) {
    var all = new LinkedHashMap<>(arguments);
    all.put("run_id", runId);
    var answer = server.call(tool, all);
    progress.accept("→ " + tool + (answer.isError() ? " (refused)" : ""));
    // What a person was asked stands above.
    int most = answer.waitingFor().isPresent() ? 2 : MOST_LINES;
    answer.text().lines().limit(most).forEach(l -> progress.accept("   " + l));
    return answer;
  }

  /// The options of a hotspot, told in a line: most hotspots are passed over.
  Answer propose(String hotspotId) {
    return server.call("propose_options", Map.of("run_id", runId, "hotspot_id", hotspotId));
  }

  /// The same without telling.
  Answer look(String tool) {
    return server.call(tool, Map.of("run_id", runId));
  }

  void progress(String text) {
    progress.accept("• " + text);
  }

  /// Remembers what came to nothing, for the choice of what comes next and for the end.
  void refuse(String what) {
    refused.add(what);
    progress(what);
  }

  List<String> refused() {
    return List.copyOf(refused);
  }
}
