package hostperf.server.demo;

import hostperf.server.client.Answer;
import hostperf.server.client.ServerSession;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Drives the loop as a coding agent would: it knows the tools and reads their answers, nothing
/// else. Where the server has a draft it takes it; where not, it brings a patch of its own; in one
/// round it tries something tempting that its tests reject.
public final class Demo {
  /// In this round the agent is led astray.
  private static final int TEMPTED = 1;

  private final ServerSession server;
  private final Path checkout;
  private final Path python;
  private final PrintStream out;
  private final Set<String> tried = new HashSet<>();
  private String runId = "";

  /// @param python runs the sample's whole test suite at the end
  public Demo(ServerSession server, Path checkout, Path python, PrintStream out) {
    this.server = server;
    this.checkout = checkout;
    this.python = python;
    this.out = out;
  }

  /// The person at the client says yes, and it is shown what to.
  public static ServerSession.Person person(PrintStream out) {
    return question -> {
      out.println("\n   ┌ the server asks the person:");
      question.message().lines().limit(40).forEach(l -> out.println("   │ " + l));
      out.println("   └ the person (played by the demo) approves\n");
      return new McpSchema.ElicitResult(
          McpSchema.ElicitResult.Action.ACCEPT, Map.of("decision", "approve"), null);
    };
  }

  public DemoResult run(int rounds) {
    heading("Start");
    runId =
        call("start_run", Map.of("goal", "raise throughput", "max_rounds", rounds)).text("run_id");
    heading("Baseline");
    call("profile", Map.of("run_id", runId, "label", "baseline"));
    for (int round = 1; round <= rounds; round++) {
      heading("Round " + round + " of " + rounds);
      if (!round(round)) {
        progress("No hotspot is left that the agent has something for.");
        break;
      }
    }
    heading("End");
    var report = call("report", Map.of("run_id", runId, "scope", "final"));
    return result(report);
  }

  /// One whole round; false when nothing is left to try.
  private boolean round(int round) {
    var hotspots = call("classify", Map.of("run_id", runId, "limit", 15)).rows("hotspots");
    var applied = round == TEMPTED ? tempted(hotspots) : Optional.<Answer>empty();
    for (var hotspot : hotspots) {
      if (applied.isPresent()) {
        break;
      }
      if (isTarget(hotspot) && tried.add(key(hotspot))) {
        applied = patch(hotspot);
      }
    }
    if (applied.isEmpty()) {
      return false;
    }
    var tests = call("run_unit_tests", Map.of("run_id", runId));
    if (!tests.texts("new_failures").isEmpty()) {
      call("rollback", Map.of("run_id", runId, "reason", "a test that passes on the base fails"));
      return true;
    }
    var verdict = call("validate", Map.of("run_id", runId));
    if (verdict.text("decision").equals("measure_more")) {
      verdict = call("validate", Map.of("run_id", runId, "more", true));
    }
    if (verdict.text("decision").equals("hold")) {
      // A gain that is larger than the profile explains: calling again asks the person.
      verdict = call("validate", Map.of("run_id", runId));
    }
    if (!verdict.text("decision").equals("keep")) {
      call(
          "rollback",
          Map.of("run_id", runId, "reason", "the verdict is " + verdict.text("verdict")));
    } else if (verdict.rows("next").stream().anyMatch(n -> "profile".equals(n.get("tool")))) {
      call("profile", Map.of("run_id", runId, "label", "kept"));
    }
    return true;
  }

  /// An agent passes by what waits on purpose and where the device works.
  private static boolean isTarget(Map<String, Object> hotspot) {
    return !Boolean.TRUE.equals(hotspot.get("waits"))
        && !Boolean.TRUE.equals(hotspot.get("device"));
  }

  private Optional<Answer> patch(Map<String, Object> hotspot) {
    progress(
        "%s %s in %s: %s"
            .formatted(
                hotspot.get("hotspot_id"),
                hotspot.getOrDefault("type", "?"),
                hotspot.get("function"),
                hotspot.get("source")));
    var options =
        call(
            "propose_options",
            Map.of("run_id", runId, "hotspot_id", String.valueOf(hotspot.get("hotspot_id"))));
    var drafted =
        options.rows("options").stream()
            .filter(o -> options.text("recommended").equals(o.get("option_id")))
            .filter(o -> o.containsKey("drafted_by"))
            .findFirst();
    if (drafted.isPresent()) {
      return accepted(Map.of("option_id", options.text("recommended")));
    }
    return OwnPatches.of(String.valueOf(hotspot.get("function")), false).flatMap(this::own);
  }

  private Optional<Answer> tempted(List<Map<String, Object>> hotspots) {
    return hotspots.stream()
        .flatMap(h -> OwnPatches.of(String.valueOf(h.get("function")), true).stream())
        .findFirst()
        .flatMap(this::own);
  }

  private Optional<Answer> own(OwnPatches.Own own) {
    progress("The agent writes a patch of its own: " + own.summary());
    return accepted(Map.of("edits", OwnPatches.edits(own), "summary", own.summary()));
  }

  private Optional<Answer> accepted(Map<String, Object> change) {
    var arguments = new LinkedHashMap<String, Object>(change);
    arguments.put("run_id", runId);
    var answer = call("apply_patch", arguments);
    return answer.isError() || answer.waitingFor().isPresent()
        ? Optional.empty()
        : Optional.of(answer);
  }

  private DemoResult result(Answer report) {
    var rows =
        server.call("status", Map.of("run_id", runId)).rows("rounds").stream()
            .map(
                r ->
                    new DemoResult.RoundRow(
                        r.get("round") instanceof Number n ? n.intValue() : 0,
                        String.valueOf(r.get("label")),
                        String.valueOf(r.get("type")),
                        String.valueOf(r.get("function")),
                        String.valueOf(r.get("option")),
                        String.valueOf(r.get("verdict")),
                        String.valueOf(r.get("decision"))))
            .toList();
    return new DemoResult(
        rows,
        speedup(report),
        WholeSuite.run(checkout, python),
        checkout.toString(),
        report.texts("files"));
  }

  private static double speedup(Answer report) {
    return report.fields().get("speedup") instanceof Number n ? n.doubleValue() : 1;
  }

  private Answer call(String tool, Map<String, Object> arguments) {
    var answer = server.call(tool, arguments);
    out.println("→ " + tool + (answer.isError() ? " (refused)" : ""));
    answer.text().lines().limit(24).forEach(l -> out.println("   " + l));
    return answer;
  }

  private void heading(String text) {
    out.println("\n═══ " + text + " " + "═".repeat(Math.max(0, 70 - text.length())));
  }

  private void progress(String text) {
    out.println("• " + text);
  }

  private static String key(Map<String, Object> hotspot) {
    return hotspot.get("function") + ":" + hotspot.get("source");
  }
}
