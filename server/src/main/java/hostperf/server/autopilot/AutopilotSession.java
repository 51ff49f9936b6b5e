package hostperf.server.autopilot;

import hostperf.Refusal;
import hostperf.catalog.Prompt;
import hostperf.configuration.Configuration;
import hostperf.configuration.ModelSettings;
import hostperf.job.Checkout;
import hostperf.journal.Event;
import hostperf.journal.RunId;
import hostperf.journal.Runs;
import hostperf.journal.Transcripts;
import hostperf.server.client.ServerSession;
import hostperf.server.model.Ledger;
import hostperf.server.model.Models;
import hostperf.server.model.Talk;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One start of the headless agent on a checkout: opens the server, begins a run or goes on with
/// the one that was left, and lets `Autopilot` drive it.
public final class AutopilotSession {
  private final Checkout checkout;
  private final Request request;
  private final Resources resources;

  /// @param rounds of a new run; the configuration's by default
  /// @param mode the flag's, else the configuration's
  /// @param isDry looks only
  public record Request(
      Optional<Integer> rounds, Configuration.Mode mode, boolean isFlag, boolean isDry) {}

  /// @param launcher starts the server
  /// @param serverFlags of `serve`
  /// @param in the person's terminal, where there is one
  /// @param choosing rules for a model that chooses
  public record Resources(
      Path launcher,
      List<String> serverFlags,
      Optional<ModelSettings> model,
      Supplier<Prompt> choosing,
      Optional<BufferedReader> in,
      java.io.PrintStream out) {
    public Resources {
      serverFlags = List.copyOf(serverFlags);
    }
  }

  public AutopilotSession(Checkout checkout, Request request, Resources resources) {
    this.checkout = checkout;
    this.request = request;
    this.resources = resources;
  }

  public AutopilotResult run() {
    Consumer<String> progress = resources.out()::println;
    var word =
        new Permission.Word(
            request.isFlag() ? Optional.of(request.mode()) : Optional.empty(), request.mode());
    var permission =
        new Permission(checkout, word, new Terminal(resources.in(), resources.out()), progress);
    try (var server =
        ServerSession.open(
            new ServerSession.Start(
                resources.launcher(), checkout.root(), resources.serverFlags(), Map.of()),
            "hostperf-autopilot",
            permission,
            line -> progress.accept("     … " + line))) {
      var runId = unfinished(server).orElseGet(() -> begun(server, permission));
      var rounds = new Rounds(server, progress, runId);
      var id = new RunId(runId);
      var log = new JournalLog(checkout.runs(), id);
      if (request.isFlag()) {
        log.note(
            "Approval by the flag `%s`, in place of the configuration's."
                .formatted(permission.flag()));
      }
      var folder = checkout.runs().folder(id);
      var search =
          new Search(
              rounds, new Notebook(folder.file("autopilot.txt")), chooser(server, id), permission);
      var autopilot = new Autopilot(rounds, search, permission, log);
      return request.isDry() ? autopilot.look() : autopilot.run();
    }
  }

  /// The latest run, when it is not over: Ctrl-C or a crash left it.
  private Optional<String> unfinished(ServerSession server) {
    var runs = server.call("status", Map.of()).rows("runs");
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    var id = String.valueOf(runs.getLast().get("run_id"));
    var status = server.call("status", Map.of("run_id", id));
    var isOver =
        status.text("stage").equals("finished")
            || status.fields().get("stopping") instanceof Map<?, ?> s
                && Boolean.TRUE.equals(s.get("stop"))
            || isReported(new RunId(id));
    if (isOver) {
      return Optional.empty();
    }
    resources.out().println("Going on with " + id + ", which is not over.");
    return Optional.of(id);
  }

  /// A final report is the end of a run that stopped for want of drafts.
  private boolean isReported(RunId id) {
    return checkout.runs().journal(id).entries().reversed().stream()
        .map(e -> e.event())
        .filter(e -> !(e instanceof Event.Noted))
        .findFirst()
        .filter(e -> e instanceof Event.Reported r && r.scope().equals("final"))
        .isPresent();
  }

  private String begun(ServerSession server, Permission permission) {
    var arguments = new HashMap<String, Object>();
    arguments.put("goal", "raise the primary metric, driven by hostperf autopilot");
    request.rounds().ifPresent(n -> arguments.put("max_rounds", n));
    var answer = server.call("start_run", arguments);
    while (answer.text("state").equals("pending")) {
      permission.settled();
      var later = server.call("start_run", arguments);
      if (later.text("state").equals("pending")) {
        break;
      }
      answer = later;
    }
    if (answer.isError() || answer.waitingFor().isPresent()) {
      throw new Refusal(
          "No run could begin: " + answer.text().lines().findFirst().orElse("no reason given"),
          answer
              .waitingFor()
              .map("Run `hostperf approve %s`, or name --approval."::formatted)
              .orElse("Put that right, then start the autopilot again."));
    }
    answer.text().lines().forEach(resources.out()::println);
    return answer.text("run_id");
  }

  private Chooser chooser(ServerSession server, RunId id) {
    if (resources.model().isEmpty()) {
      return Chooser.BY_RANK;
    }
    var settings = resources.model().get();
    var chat = Models.open(settings, System.getenv());
    var folder = checkout.runs().folder(id).path();
    var ledger = new Ledger(folder.resolve("transcripts"), settings.budget(), checkout.clock());
    return new ModelChooser(
        (target, round) ->
            new Talk(
                chat,
                ledger,
                Transcripts.file(folder, round),
                resources.choosing().get().filled(Map.of("hotspot", target.id()))),
        query -> server.call("search_references", Map.of("query", query)).text());
  }

  private record JournalLog(Runs runs, RunId id) implements Autopilot.Log {
    @Override
    public void note(String text) {
      runs.journal(id).append(new Event.Noted("autopilot", text));
    }

    @Override
    public List<String> notes() {
      return runs.load(id).notes();
    }
  }
}
