package hostperf.server.autopilot;

import hostperf.server.client.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks for the next change to try: hotspots by their cost, calls of other functions last; of each
/// the options that are drafted and untried.
final class Search {
  /// Under a hundredth of the profiled time, a quick measurement could not tell the gain.
  private static final double WORTHWHILE = 0.01;

  private final Rounds rounds;
  private final Notebook notebook;
  private final Chooser chooser;
  private final Permission permission;
  private List<Target> targets = List.of();
  private Optional<Open> open = Optional.empty();

  /// The hotspot that is being worked on, with its options.
  private record Open(Target target, List<Suggestion> options) {}

  /// What came of looking.
  sealed interface Found {
    record Try(Target target, Suggestion option) implements Found {}

    record NothingLeft() implements Found {}

    record Stop(String why) implements Found {}
  }

  Search(Rounds rounds, Notebook notebook, Chooser chooser, Permission permission) {
    this.rounds = rounds;
    this.notebook = notebook;
    this.chooser = chooser;
    this.permission = permission;
  }

  /// The hotspots of the code as it is now; what was proposed for other code is forgotten.
  Optional<String> classify() {
    open = Optional.empty();
    var answer = rounds.call("classify", Map.of("limit", 3));
    if (answer.isError() || answer.isInconclusive()) {
      return Optional.of(answer.text().lines().findFirst().orElse("classify gave no answer"));
    }
    targets = ordered(answer);
    return Optional.empty();
  }

  boolean isClassified() {
    return !targets.isEmpty();
  }

  private static List<Target> ordered(Answer answer) {
    // The answer is kept short for agents; its file has every hotspot.
    var rows = HotspotsFile.rows(answer.text("file")).orElse(answer.rows("hotspots"));
    return rows.stream()
        .map(Target::of)
        .filter(t -> !t.excluded() && t.share() >= WORTHWHILE)
        .sorted(Comparator.comparing(Target::isCall))
        .toList();
  }

  /// The next change to try in this round.
  Found next(int round) {
    for (var target : targets) {
      if (notebook.isDone(target)) {
        continue;
      }
      var choice = choice(target, round);
      switch (choice) {
        case Choice.Take take -> {
          rounds.progress(
              "%s → %s (%s)".formatted(target.text(), take.option().brief(), take.why()));
          return new Found.Try(target, take.option());
        }
        case Choice.Pass pass -> {
          rounds.progress("%s → passed over: %s".formatted(target.text(), pass.why()));
          notebook.done(target);
        }
        case Choice.Stop stop -> {
          return new Found.Stop(stop.why());
        }
      }
    }
    return new Found.NothingLeft();
  }

  /// Remembers that this was put to the server.
  void tried(Found.Try t) {
    notebook.tried(t.target(), t.option());
  }

  private Choice choice(Target target, int round) {
    var options = options(target);
    if (options.stream().anyMatch(o -> o.recommended() && o.isLeaving())) {
      return new Choice.Pass("the server advises to leave it");
    }
    var drafted = options.stream().filter(Suggestion::isDrafted).toList();
    var untried = drafted.stream().filter(o -> !notebook.isTried(target, o)).toList();
    var allowed = untried.stream().filter(permission::canAllow).toList();
    if (allowed.isEmpty()) {
      return new Choice.Pass(
          drafted.isEmpty()
              ? "no draft"
              : untried.isEmpty()
                  ? "every draft has been tried"
                  : "its drafts need a person's yes");
    }
    return chooser.choose(target, allowed, rounds.refused(), round);
  }

  private List<Suggestion> options(Target target) {
    if (open.filter(o -> o.target().equals(target)).isEmpty()) {
      var answer = rounds.propose(target.id());
      open =
          Optional.of(
              new Open(
                  target,
                  new ArrayList<>(
                      Suggestion.of(answer.rows("options"), answer.text("recommended")))));
    }
    return open.orElseThrow().options();
  }
}
