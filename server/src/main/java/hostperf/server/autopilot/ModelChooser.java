package hostperf.server.autopilot;

import hostperf.StrictJson;
import hostperf.server.model.ModelReply;
import hostperf.server.model.Talk;
import hostperf.server.model.Tooling;
import hostperf.server.model.Turn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Has a model pick where there is a choice; where there is none, or no answer is to be had, the
/// rank decides. A call that cannot be followed is fed back once; the third time that the same
/// call comes, the run ends.
final class ModelChooser implements Chooser {
  private static final JsonMapper JSON = StrictJson.builder().build();

  /// Answers of one choice; enough for two look-ups, one correction and the choice itself.
  private static final int MOST_ANSWERS = 6;

  private static final int LOOPS = 3;

  private static final Tooling TAKE =
      new Tooling(
          "choose_option",
          "Tries an option.",
          Map.of("option_id", "One of the ids listed.", "why", "One sentence, for the report."));
  private static final Tooling PASS =
      new Tooling("pass_over", "Goes on with the next hotspot.", Map.of("why", "One sentence."));
  private static final Tooling SEARCH =
      new Tooling(
          "search_references",
          "Finds passages about hotspot types and patterns.",
          Map.of("query", "A few words."));

  private final Conversations conversations;
  private final UnaryOperator<String> references;
  private final Map<String, Integer> seen = new HashMap<>();

  /// The endpoint has failed all its tries; the rest of this flight goes by rank.
  private boolean isLost;

  /// Opens a conversation for a choice of a round.
  interface Conversations {
    Talk open(Target target, int round);
  }

  /// @param references finds passages for a query
  ModelChooser(Conversations conversations, UnaryOperator<String> references) {
    this.conversations = conversations;
    this.references = references;
  }

  @Override
  public Choice choose(Target target, List<Suggestion> untried, List<String> failures, int round) {
    if (isLost || untried.size() == 1 && failures.isEmpty()) {
      return BY_RANK.choose(target, untried, failures, round);
    }
    var talk = conversations.open(target, round);
    var tools = List.of(TAKE, PASS, SEARCH);
    var reply = talk.ask(question(target, untried, failures), tools);
    boolean corrected = false;
    for (int i = 0; i < MOST_ANSWERS; i++) {
      switch (reply) {
        case ModelReply.Failed f -> {
          isLost = true;
          return fallback(target, untried, failures, round, f.why());
        }
        case ModelReply.Answered a -> {
          var read = read(a.said(), untried, talk);
          if (read.choice().isPresent()) {
            return read.choice().get();
          }
          if (read.isFault()) {
            if (corrected) {
              return fallback(target, untried, failures, round, "the model gives no usable call");
            }
            corrected = true;
          }
          reply = a.said().wishes().isEmpty() ? talk.ask(read.fault(), tools) : talk.next(tools);
        }
      }
    }
    return fallback(target, untried, failures, round, "the model does not come to a choice");
  }

  private static Choice fallback(
      Target target, List<Suggestion> untried, List<String> failures, int round, String why) {
    var take = (Choice.Take) BY_RANK.choose(target, untried, failures, round);
    return new Choice.Take(take.option(), take.why() + ", since " + why);
  }

  /// @param fault what the model is told where its answer cannot be followed; empty otherwise
  private record Reading(Optional<Choice> choice, String fault) {
    boolean isFault() {
      return !fault.isEmpty();
    }
  }

  /// Follows the first call that decides; every call gets its answer.
  private Reading read(Turn.Said said, List<Suggestion> untried, Talk talk) {
    var fault = said.wishes().isEmpty() ? "Call one of the tools; text alone decides nothing." : "";
    for (var wish : said.wishes()) {
      if (seen.merge(wish.tool() + wish.arguments(), 1, Integer::sum) >= LOOPS
          && !wish.tool().equals(TAKE.name())
          && !wish.tool().equals(PASS.name())) {
        var why = "the model made the same call %d times: %s".formatted(LOOPS, wish.tool());
        return new Reading(Optional.of(new Choice.Stop(why)), "");
      }
      var read = read(wish, untried, talk);
      if (read.choice().isPresent()) {
        return read;
      }
      fault = read.isFault() ? read.fault() : fault;
    }
    return new Reading(Optional.empty(), fault);
  }

  private Reading read(Turn.Wish wish, List<Suggestion> untried, Talk talk) {
    var arguments = arguments(wish);
    if (arguments.isEmpty()) {
      return fault(talk, wish, "The arguments are not a JSON object.");
    }
    var given = arguments.get();
    return switch (wish.tool()) {
      case "choose_option" -> {
        var id = given.getOrDefault("option_id", "");
        var option = untried.stream().filter(o -> o.id().equals(id)).findFirst();
        yield option
            .map(o -> decided(new Choice.Take(o, given.getOrDefault("why", ""))))
            .orElseGet(() -> fault(talk, wish, "There is no option '%s' to choose.".formatted(id)));
      }
      case "pass_over" -> decided(new Choice.Pass(given.getOrDefault("why", "")));
      case "search_references" -> {
        talk.tell(wish, references.apply(given.getOrDefault("query", "")));
        yield new Reading(Optional.empty(), "");
      }
      default -> fault(talk, wish, "There is no tool '%s'.".formatted(wish.tool()));
    };
  }

  private static Reading decided(Choice choice) {
    return new Reading(Optional.of(choice), "");
  }

  private static Reading fault(Talk talk, Turn.Wish wish, String why) {
    talk.tell(wish, "Refused: " + why);
    return new Reading(Optional.empty(), why);
  }

  private static Optional<Map<String, String>> arguments(Turn.Wish wish) {
    try {
      var tree = JSON.readTree(wish.arguments().isBlank() ? "{}" : wish.arguments());
      if (!tree.isObject()) {
        return Optional.empty();
      }
      var read = new HashMap<String, String>();
      tree.properties().forEach(p -> read.put(p.getKey(), p.getValue().asString("")));
      return Optional.of(read);
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static String question(Target target, List<Suggestion> untried, List<String> failures) {
    return """
        <hotspot>
        %s
        </hotspot>
        <options>
        %s
        </options>
        <failures>
        %s
        </failures>
        """
        .formatted(
            plain(target.text()),
            untried.stream().map(ModelChooser::line).collect(Collectors.joining("\n")),
            failures.isEmpty()
                ? "none"
                : failures.stream().map(ModelChooser::plain).collect(Collectors.joining("\n")));
  }

  private static String line(Suggestion option) {
    return "%s Risk %s, drafted by the %s%s. Must hold: %s"
        .formatted(
            plain(option.text()),
            option.trust().risk(),
            option.draftedBy().orElse("nobody"),
            option.recommended() ? ", recommended" : "",
            option.trust().facts());
  }

  /// Quoted text cannot end its quotation.
  private static String plain(String text) {
    return text.replace("</", "< /");
  }
}
