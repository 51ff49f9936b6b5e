package hostperf.server.autopilot;

import hostperf.report.run.Repeats;
import hostperf.server.client.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Goes round the loop until a stopping criterion holds or nothing is left to try: the step that
/// comes next is the server's word (`next` of `status`), the change to try is `Search`'s.
///
/// Whatever happens, the checkout is left at the base plus the rounds that were kept.
final class Autopilot {
  /// The same step from the same stage so often means that it leads nowhere.
  private static final int STUCK = 3;

  /// How the server's notes about a model's drafts begin.
  private static final String NO_DRAFT = "No draft by the model";

  private static final int MOST_REASON = 400;

  private final Rounds rounds;
  private final Search search;
  private final Permission permission;
  private final Log log;
  private String last = "";
  private int again;

  /// The notes of the run, in its journal; `status` tells the latest only.
  interface Log {
    void note(String text);

    List<String> notes();
  }

  Autopilot(Rounds rounds, Search search, Permission permission, Log log) {
    this.rounds = rounds;
    this.search = search;
    this.permission = permission;
    this.log = log;
  }

  /// A reason to end; empty to go on.
  private record Step(Optional<AutopilotResult.End> end) {
    static final Step ON = new Step(Optional.empty());

    static Step done(String why) {
      return new Step(Optional.of(new AutopilotResult.End(AutopilotResult.Kind.DONE, why)));
    }

    static Step waits(String approvalId) {
      var why =
          "a person has to allow %1$s: `hostperf approve %1$s`, then `hostperf autopilot` goes on"
              .formatted(approvalId);
      return new Step(Optional.of(new AutopilotResult.End(AutopilotResult.Kind.WAITS, why)));
    }

    static Step stopped(String why) {
      return new Step(Optional.of(new AutopilotResult.End(AutopilotResult.Kind.STOPPED, why)));
    }
  }

  /// Runs to the end and reports.
  AutopilotResult run() {
    while (true) {
      var end = step(rounds.look("status")).end();
      if (end.isPresent()) {
        return finished(end.get());
      }
    }
  }

  /// What would be tried first, without trying it.
  AutopilotResult look() {
    var failed = prepared();
    if (failed.isPresent()) {
      return result(new AutopilotResult.End(AutopilotResult.Kind.STOPPED, failed.get()), none());
    }
    var why =
        switch (search.next(1)) {
          case Search.Found.Try t ->
              "option %s would be tried for %s".formatted(t.option().brief(), t.target().text());
          case Search.Found.NothingLeft _ -> "nothing is drafted that could be tried";
          case Search.Found.Stop s -> s.why();
        };
    return result(new AutopilotResult.End(AutopilotResult.Kind.LOOKED, why), none());
  }

  private Optional<String> prepared() {
    var stage = rounds.look("status").text("stage");
    if (stage.equals("started")) {
      var profiled = rounds.call("profile", Map.of("label", "baseline"));
      if (isFailure(profiled)) {
        return Optional.of(reason(profiled));
      }
    }
    return search.classify();
  }

  private static Answer none() {
    return new Answer(false, Map.of(), "");
  }

  private Step step(Answer status) {
    var tool =
        status.rows("next").stream().findFirst().map(n -> String.valueOf(n.get("tool"))).orElse("");
    var stopping = stopping(status);
    if (stopping.isPresent()) {
      return Step.done(stopping.get());
    }
    var here = status.text("stage") + status.number("round") + tool;
    again = here.equals(last) ? again + 1 : 1;
    last = here;
    if (again > STUCK) {
      return Step.stopped("`%s` was tried %d times without effect".formatted(tool, STUCK));
    }
    return switch (tool) {
      case "profile" ->
          whole(
              rounds.call(
                  "profile", Map.of("label", status.number("round") == 0 ? "baseline" : "kept")));
      case "classify" -> search.classify().map(Step::done).orElseGet(() -> attempt(status));
      case "propose_options", "apply_patch" -> analysed(status);
      case "run_unit_tests" -> test();
      case "validate" -> validate();
      case "rollback" -> rollBack("the server asks for it: " + status.text("stage"));
      default -> Step.done("the server names no step that goes on from " + status.text("stage"));
    };
  }

  private static Optional<String> stopping(Answer status) {
    return status.fields().get("stopping") instanceof Map<?, ?> s
            && Boolean.TRUE.equals(s.get("stop"))
            && s.get("reasons") instanceof List<?> reasons
        ? Optional.of(String.join("; ", reasons.stream().map(String::valueOf).toList()))
        : Optional.empty();
  }

  private Step whole(Answer answer) {
    return isFailure(answer) ? Step.stopped(reason(answer)) : Step.ON;
  }

  private Step analysed(Answer status) {
    if (!search.isClassified()) {
      var failed = search.classify();
      if (failed.isPresent()) {
        return Step.stopped(failed.get());
      }
    }
    return attempt(status);
  }

  /// Tries changes until one is in; most refusals cost nothing.
  private Step attempt(Answer status) {
    int round = status.number("round") + 1;
    while (true) {
      switch (search.next(round)) {
        case Search.Found.NothingLeft _ -> {
          return Step.done("no hotspot is left that has an untried draft");
        }
        case Search.Found.Stop s -> {
          return Step.stopped(s.why());
        }
        case Search.Found.Try t -> {
          var applied = applied(t);
          if (applied.isPresent()) {
            return applied.get();
          }
        }
      }
    }
  }

  /// What follows from applying it; empty where it was refused and the next one may be tried.
  private Optional<Step> applied(Search.Found.Try t) {
    permission.about(Optional.of(t.option()));
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("option_id", t.option().id());
    var answer = rounds.call("apply_patch", arguments);
    while (answer.text("state").equals("pending")) {
      // The person is still reading; their answer is stored when it comes.
      permission.settled();
      var later = rounds.call("apply_patch", arguments);
      if (later.text("state").equals("pending")) {
        break;
      }
      answer = later;
    }
    permission.about(Optional.empty());
    if (answer.waitingFor().isPresent() && permission.leavesOpen()) {
      return Optional.of(Step.waits(answer.waitingFor().get()));
    }
    search.tried(t);
    if (answer.isError() || answer.waitingFor().isPresent()) {
      refuse(
          "Not applied for %s, option %s (%s): %s"
              .formatted(
                  t.target().place(), t.option().id(), t.option().pattern(), notApplied(answer)));
      return Optional.empty();
    }
    return Optional.of(Step.ON);
  }

  private static String notApplied(Answer answer) {
    return answer
        .waitingFor()
        .map(id -> "%s is %s. %s".formatted(id, answer.text("state"), answer.text("how")))
        .orElseGet(() -> reason(answer));
  }

  private Step test() {
    var tests = rounds.call("run_unit_tests", Map.of());
    if (isFailure(tests)) {
      return rollBack("its tests could not run: " + reason(tests));
    }
    var broken = tests.texts("new_failures");
    return broken.isEmpty() ? Step.ON : rollBack("tests fail that pass on the base");
  }

  private Step validate() {
    var verdict = rounds.call("validate", Map.of());
    while (verdict.text("decision").equals("measure_more")) {
      verdict = rounds.call("validate", Map.of("more", true));
    }
    if (isFailure(verdict)) {
      return rollBack("it could not be measured: " + reason(verdict));
    }
    if (verdict.waitingFor().isPresent()) {
      return rollBack("its gain is suspicious, and no one confirmed it");
    }
    return switch (verdict.text("decision")) {
      case "keep" -> kept();
      case "hold" -> Step.ON;
      default ->
          rollBack("the verdict is " + verdict.text("verdict"), ": " + verdict.text("reason"));
    };
  }

  private Step kept() {
    rounds.call("report", Map.of("scope", "round"));
    return Step.ON;
  }

  private Step rollBack(String why) {
    return rollBack(why, "");
  }

  /// @param because what the run knows already, so that it is told here only
  private Step rollBack(String why, String because) {
    var reason = shortened(why);
    rounds.refuse("Rolled back: " + shortened(why + because));
    var back = rounds.call("rollback", Map.of("reason", reason));
    if (isFailure(back)) {
      return Step.stopped("the rollback failed: " + reason(back));
    }
    rounds.call("report", Map.of("scope", "round"));
    return Step.ON;
  }

  private static String shortened(String text) {
    return text.length() <= MOST_REASON ? text : text.substring(0, MOST_REASON - 1) + "…";
  }

  private void refuse(String what) {
    rounds.refuse(what);
    log.note(what);
  }

  private AutopilotResult finished(AutopilotResult.End end) {
    if (end.kind() == AutopilotResult.Kind.WAITS) {
      return result(end, none());
    }
    if (end.kind() == AutopilotResult.Kind.STOPPED) {
      log.note("The autopilot stopped: " + end.why());
      var stage = rounds.look("status").text("stage");
      if (List.of("patched", "tested", "applying", "rolling_back").contains(stage)) {
        var _ = rollBack("the autopilot stopped before it was judged");
      }
    }
    var report = rounds.call("report", Map.of("scope", "final"));
    if (isFailure(report)) {
      var failed = "the final report was not possible: " + reason(report);
      return result(new AutopilotResult.End(AutopilotResult.Kind.STOPPED, failed), report);
    }
    return result(end, report);
  }

  private AutopilotResult result(AutopilotResult.End end, Answer report) {
    var status = rounds.look("status");
    var refused = new ArrayList<>(rounds.refused());
    log.notes().stream().filter(n -> n.startsWith(NO_DRAFT)).forEach(refused::add);
    var kept = status.rows("rounds").stream().filter(r -> "keep".equals(r.get("decision"))).count();
    return new AutopilotResult(
        rounds.runId(),
        end,
        (int) kept,
        report.fields().get("speedup") instanceof Number n
            ? Optional.of(n.doubleValue())
            : Optional.empty(),
        Repeats.told(refused),
        report.texts("files"));
  }

  private static boolean isFailure(Answer answer) {
    return answer.isError() || answer.isInconclusive();
  }

  private static String reason(Answer answer) {
    return answer.isInconclusive()
        ? answer.text("inconclusive")
        : answer.text().lines().findFirst().orElse("no reason given");
  }
}
