package hostperf.journal;

import hostperf.Refusal;
import hostperf.repository.Intent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One campaign on one checkout, as its journal tells it. Immutable: `after` gives the run that
/// follows an event.
///
/// @param rounds every patch that was applied, in order, withdrawn ones left out
/// @param proposed the hotspot that options were last proposed for, to which option ids refer
/// @param moving what is being done to the checkout right now, announced and not yet confirmed
public record Run(
    RunId id,
    Setup setup,
    Stage stage,
    List<Round> rounds,
    List<String> notes,
    Optional<Event.Proposed> proposed,
    Optional<Intent> moving) {
  public Run {
    rounds = List.copyOf(rounds);
    notes = List.copyOf(notes);
  }

  /// The run that begins with this event.
  public static Run begin(RunId id, Event.Started started) {
    return new Run(
        id,
        started.setup(),
        new Stage.Started(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /// The run after the event. Events that do not fit the stage are a defect of the journal, since
  /// tools ask `require` first.
  public Run after(Event event) {
    return switch (event) {
      case Event.Started _ -> throw misplaced(event);
      case Event.Profiled e -> at(new Stage.Profiled(e.profileId())).proposing(Optional.empty());
      case Event.Analyzed e -> at(new Stage.Analyzed(e.profileId()));
      case Event.Proposed e -> proposing(Optional.of(e));
      case Event.PatchIntended e ->
          at(new Stage.Applying(e.change()))
              .plus(Round.of(e.change()))
              .moving(Optional.of(e.change().code().intent()));
      case Event.Patched e -> at(new Stage.Patched(change(e.patchId(), event))).still();
      case Event.PatchWithdrawn e ->
          withdrawn(change(e.patchId(), event)).noted(e.reason()).still();
      case Event.Tested e ->
          at(new Stage.Tested(change(e.patchId(), event), e.tests()))
              .changed(last().with(e.tests()));
      case Event.Validated e ->
          at(new Stage.Validated(change(e.patchId(), event), e.ruling()))
              .changed(last().with(e.ruling()));
      case Event.HoldDecided e -> decided(e);
      case Event.RollbackIntended e ->
          at(new Stage.RollingBack(change(e.patchId(), event), e.reason()))
              .moving(Optional.of(e.intent()));
      case Event.RolledBack e -> rolledBack(change(e.patchId(), event)).still();
      case Event.RollbackFailed e ->
          at(new Stage.Patched(change(e.patchId(), event))).noted(e.reason()).still();
      case Event.SwapIntended e -> moving(Optional.of(e.intent()));
      case Event.SwapEnded _ -> still();
      case Event.Noted e -> noted(e.text());
      case Event.Measured _, Event.Reported _ -> this;
      case Event.FinishIntended e -> moving(Optional.of(e.intent()));
      case Event.Finished _ -> at(new Stage.Finished()).still();
    };
  }

  /// Refuses a move that does not fit the stage, naming those that do.
  public void require(Move move) {
    if (!stage.moves().contains(move)) {
      throw new Refusal(
          "Run %s is at stage `%s`, where `%s` is not possible; %s."
              .formatted(id, stage.label(), move.tool(), names()),
          "Call `status` with run_id %s to see what to do next.".formatted(id));
    }
    if (move == Move.APPLY && !hasRoundsLeft()) {
      throw new Refusal(
          "All %d rounds of run %s are used.".formatted(setup.maxRounds(), id),
          "Call `report` with scope `final`; a new run can go on from the kept commits.");
    }
  }

  public boolean hasRoundsLeft() {
    return decided() < setup.maxRounds();
  }

  /// No tool ends a run: a person does, in a terminal.
  private String names() {
    var tools =
        stage.moves().stream()
            .filter(m -> m != Move.FINISH)
            .map(m -> "`" + m.tool() + "`")
            .collect(Collectors.joining(", "));
    return "possible are "
        + tools
        + (stage.moves().contains(Move.FINISH)
            ? ", or a person ends it with `hostperf finish %s`".formatted(id)
            : "");
  }

  /// The patch that is in the checkout and not yet decided on.
  public Optional<Change> openChange() {
    return switch (stage) {
      case Stage.Applying s -> Optional.of(s.change());
      case Stage.Patched s -> Optional.of(s.change());
      case Stage.Tested s -> Optional.of(s.change());
      case Stage.Validated s ->
          s.ruling().decision() == Ruling.Decision.KEEP
              ? Optional.empty()
              : Optional.of(s.change());
      case Stage.RollingBack s -> Optional.of(s.change());
      case Stage.Started _,
          Stage.Profiled _,
          Stage.Analyzed _,
          Stage.RolledBack _,
          Stage.Finished _ ->
          Optional.empty();
    };
  }

  /// The latest profile of the code as it is now.
  public Optional<String> currentProfile() {
    return switch (stage) {
      case Stage.Profiled s -> Optional.of(s.profileId());
      case Stage.Analyzed s -> Optional.of(s.profileId());
      case Stage.RolledBack s -> s.change().origin().profileId();
      case Stage.Validated s -> s.ruling().profileId();
      case Stage.Started _,
          Stage.Applying _,
          Stage.Patched _,
          Stage.Tested _,
          Stage.RollingBack _,
          Stage.Finished _ ->
          Optional.empty();
    };
  }

  /// The latest profile of the run, of whatever code: the current one, else that which the last
  /// kept patch or the last patch left.
  public Optional<String> lastProfile() {
    return currentProfile()
        .or(
            () ->
                rounds.reversed().stream()
                    .flatMap(
                        r ->
                            r
                                .ruling()
                                .filter(_ -> r.isKept())
                                .flatMap(Ruling::profileId)
                                .or(r.change().origin()::profileId)
                                .stream())
                    .findFirst());
  }

  /// The commit the run's branch is at: the last kept or open patch, else the base.
  public String tip() {
    return rounds.reversed().stream()
        .filter(r -> r.rolledBack().isEmpty())
        .map(r -> r.change().code().commit())
        .findFirst()
        .orElse(setup.base().commit());
  }

  /// Every commit that it began from or made.
  public List<String> commits() {
    var rounds =
        this.rounds.stream()
            .map(r -> r.change().code())
            .flatMap(c -> Stream.of(c.checkpoint(), c.commit()));
    return Stream.concat(Stream.of(setup.base().commit()), rounds).distinct().toList();
  }

  /// How many rounds count: one whose measurement left the patch open is not lost.
  public int decided() {
    return (int) rounds.stream().filter(r -> !r.isOpen()).count();
  }

  /// The number of the round that the next patch begins.
  public int nextRound() {
    return rounds.size() + 1;
  }

  private Change change(String patchId, Event event) {
    if (rounds.isEmpty() || !last().change().patchId().equals(patchId)) {
      throw misplaced(event);
    }
    return last().change();
  }

  private Round last() {
    return rounds.getLast();
  }

  private Run decided(Event.HoldDecided event) {
    if (!(stage instanceof Stage.Validated validated)) {
      throw misplaced(event);
    }
    var ruling =
        validated.ruling().decided(event.keep() ? Ruling.Decision.KEEP : Ruling.Decision.ROLL_BACK);
    return at(new Stage.Validated(validated.change(), ruling)).changed(last().with(ruling));
  }

  private Run rolledBack(Change change) {
    var reason = stage instanceof Stage.RollingBack s ? s.reason() : "";
    return at(new Stage.RolledBack(change)).changed(last().without(reason));
  }

  private Run withdrawn(Change change) {
    var before = new ArrayList<>(rounds);
    before.removeLast();
    var known = change.origin().profileId().<Stage>map(Stage.Analyzed::new);
    return with(known.orElseGet(() -> decided(before.getLast())), before, notes);
  }

  /// Where the run stood when this was its last round.
  private static Stage decided(Round last) {
    return last.rolledBack().isPresent()
        ? new Stage.RolledBack(last.change())
        : new Stage.Validated(last.change(), last.ruling().orElseThrow());
  }

  private Run at(Stage next) {
    return with(next, rounds, notes);
  }

  private Run plus(Round round) {
    var more = new ArrayList<>(rounds);
    more.add(round);
    return with(stage, more, notes);
  }

  private Run changed(Round round) {
    var same = new ArrayList<>(rounds);
    same.set(same.size() - 1, round);
    return with(stage, same, notes);
  }

  private Run noted(String text) {
    var more = new ArrayList<>(notes);
    more.add(text);
    return with(stage, rounds, more);
  }

  private Run with(Stage nextStage, List<Round> nextRounds, List<String> nextNotes) {
    return new Run(id, setup, nextStage, nextRounds, nextNotes, proposed, moving);
  }

  private Run proposing(Optional<Event.Proposed> options) {
    return new Run(id, setup, stage, rounds, notes, options, moving);
  }

  private Run moving(Optional<Intent> intent) {
    return new Run(id, setup, stage, rounds, notes, proposed, intent);
  }

  private Run still() {
    return moving(Optional.empty());
  }

  private IllegalStateException misplaced(Event event) {
    return new IllegalStateException(
        "journal of " + id + ": " + event.getClass().getSimpleName() + " at " + stage.label());
  }
}
