package hostperf.server.model;

import hostperf.Refusal;
import hostperf.catalog.Prompt;
import hostperf.configuration.ModelSettings;
import hostperf.propose.Drafter;
import hostperf.propose.Option.MustHold;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Has the configured model write patches, with the text of `prompts/draft_patch.md`.
///
/// The configuration is read when a draft is wanted, so that a server starts without it.
public final class ModelDrafter implements Drafter {
  /// A page or source that is longer would leave little room for the rest.
  private static final int MOST = 24_000;

  /// An endpoint that has failed all its tries is left alone so long: a loop over many hotspots
  /// would wait for it at each.
  private static final Duration LEFT_ALONE = Duration.ofMinutes(5);

  private final Supplier<Optional<ModelSettings>> settings;
  private final Map<String, String> environment;
  private final Supplier<Prompt> prompt;
  private final InstantSource clock;
  private Optional<Failure> failure = Optional.empty();

  private record Failure(String why, Instant at) {}

  /// @param environment where keys are
  /// @param prompt the rules of drafting
  public ModelDrafter(
      Supplier<Optional<ModelSettings>> settings,
      Map<String, String> environment,
      Supplier<Prompt> prompt,
      InstantSource clock) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
    this.prompt = prompt;
    this.clock = clock;
  }

  @Override
  public boolean isThere() {
    return settings.get().isPresent();
  }

  @Override
  public synchronized Answer draft(Task task, List<Refused> before) {
    var chosen = settings.get();
    if (chosen.isEmpty()) {
      return new Answer.Unavailable("no model is configured");
    }
    var recent = failure.filter(f -> clock.instant().isBefore(f.at().plus(LEFT_ALONE)));
    if (recent.isPresent()) {
      return new Answer.Unavailable(recent.get().why());
    }
    Chat chat;
    try {
      chat = Models.open(chosen.get(), environment);
    } catch (Refusal refusal) {
      return new Answer.Unavailable(refusal.why());
    }
    var folder = Optional.ofNullable(task.transcript().getParent()).orElse(task.transcript());
    var ledger = new Ledger(folder, chosen.get().budget(), clock);
    var rules = prompt.get().filled(Map.of("option", name(task)));
    var answer = answer(new Talk(chat, ledger, task.transcript(), rules), question(task, before));
    if (answer instanceof Answer.Unavailable(String why)) {
      failure = Optional.of(new Failure(why, clock.instant()));
    }
    return answer;
  }

  private static Answer answer(Talk talk, String question) {
    var reply = talk.ask(question, List.of());
    var read = read(reply);
    if (read.isEmpty()) {
      // Fed back once: a model that does not hold the form twice will not the third time.
      read =
          read(
              talk.ask(
                  "That has no block of the required form. Answer with `<edit file=\"…\">` blocks as"
                      + " described, or with `<nothing>`.",
                  List.of()));
    }
    return read.orElse(new Answer.Nothing("the model wrote no edit in the required form"));
  }

  private static Optional<Answer> read(ModelReply reply) {
    return switch (reply) {
      case ModelReply.Failed f -> Optional.of(new Answer.Unavailable(f.why()));
      case ModelReply.Answered a -> {
        var text = a.said().text();
        var edits = EditBlocks.in(text);
        yield edits.isEmpty()
            ? EditBlocks.nothing(text).map(why -> new Answer.Nothing("the model declines: " + why))
            : Optional.of(new Answer.Written(edits, EditBlocks.summary(text)));
      }
    };
  }

  private static String name(Task task) {
    return "%s in %s, option %s (%s)"
        .formatted(
            task.hotspot().id(),
            task.hotspot().place().function(),
            task.option().id(),
            task.option().title());
  }

  private static String question(Task task, List<Refused> before) {
    var hotspot = task.hotspot();
    var place = hotspot.place();
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "File: %s\n" + "Function: %s\n" + "Hotspot, line %d, type %s, %.1f%% of %s%s:\n",
            place.file(),
            place.function(),
            place.line(),
            hotspot.typeWords(),
            hotspot.cost().share() * 100,
            hotspot.cost().ofWhat(),
            hotspot.cost().hits() == 0 ? "" : ", %,d hits".formatted(hotspot.cost().hits())));
    text.append(tagged("hotspot", place.source()));
    text.append(tagged("evidence", String.join("\n", hotspot.reasons())));
    text.append(
        "What must hold:\n"
            + task.option().advice().mustHold().stream()
                .map(ModelDrafter::fact)
                .collect(Collectors.joining()));
    text.append(tagged("pattern", task.page()));
    text.append(tagged("source", task.source()));
    for (var refused : before) {
      text.append("An earlier answer of yours was refused. Reason:\n");
      text.append(tagged("reason", refused.why()));
      text.append(tagged("refused", EditBlocks.text(refused.edits())));
    }
    return text.toString();
  }

  private static String fact(MustHold fact) {
    return "- %s (%s)\n"
        .formatted(fact.fact(), fact.seen().name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  /// Quoted material cannot end its own quotation.
  private static String tagged(String tag, String text) {
    var cut = text.length() <= MOST ? text : text.substring(0, MOST) + "\n…";
    return "<%s>\n%s\n</%s>\n".formatted(tag, cut.replace("</" + tag, "</ " + tag), tag);
  }
}
