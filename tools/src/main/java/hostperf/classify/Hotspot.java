package hostperf.classify;

import hostperf.classify.facts.Fact;
import hostperf.classify.facts.HotspotType;
import hostperf.classify.facts.Scope;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A line or statement that costs host time, with what is known of it.
///
/// @param id `h1`, `h2`… in the order of the profile's answer, most costly first
public record Hotspot(String id, Place place, Cost cost, Judgement judgement) {

  /// Where it stands.
  ///
  /// @param function qualified within its module: `Class.method` or `function`
  /// @param file relative to the checkout where it lies inside it
  /// @param line from 1
  /// @param source the line's text, trimmed; the statement's where the cost is of several lines
  public record Place(String function, String file, int line, String source) {}

  /// What it costs.
  ///
  /// @param hits how often it ran in the profile; 0 where that was not counted
  /// @param seconds over all hits, by the line profiler, whose own cost is in them; by samples
  ///     where hits were not counted
  /// @param share of `whole`, 0 to 1, in which each second counts once: what it calls of the
  ///     engine's own functions is theirs
  /// @param whole what the share is of, by samples; absent without them: then of all profiled time
  public record Cost(long hits, double seconds, double share, Optional<Whole> whole) {
    public double microsPerHit() {
      return hits == 0 ? 0 : seconds * 1e6 / hits;
    }

    /// Seconds of the whole, 0 where its samples count none; without samples the line profiler's.
    public double time() {
      return whole.map(w -> w.seconds() * share).orElse(seconds);
    }

    /// Completes "12% of …".
    public String ofWhat() {
      return ofWhat(whole.map(Whole::root));
    }

    /// @param root absent without samples
    public static String ofWhat(Optional<String> root) {
      return root.map("the time in "::concat).orElse("the profiled time");
    }
  }

  /// The root's steady time.
  ///
  /// @param seconds 0 where the profile counts samples only
  public record Whole(String root, double seconds) {}

  /// Whether it is worth a change at all.
  public enum Mark {
    TARGET,
    /// The host waits for the device here on purpose.
    WAITS,
    /// The device works here; the host hands it a captured graph.
    DEVICE
  }

  /// What facts say of it.
  ///
  /// @param facts measured first, then seen, then named
  /// @param candidates the types that the facts permit, in the order of how often engineers went
  ///     for them on such lines
  /// @param ruledOut types that a fact contradicts
  /// @param decision the type, where facts or an agent's word settle it
  /// @param question what to find out by reading, where nothing settles it
  public record Judgement(
      Mark mark,
      Scope scope,
      List<Fact> facts,
      List<Candidate> candidates,
      List<RuledOut> ruledOut,
      Optional<Decision> decision,
      Optional<String> question) {
    public Judgement {
      facts = List.copyOf(facts);
      candidates = List.copyOf(candidates);
      ruledOut = List.copyOf(ruledOut);
    }

    Judgement in(Scope other) {
      return new Judgement(mark, other, facts, candidates, ruledOut, decision, question);
    }

    public boolean isTarget() {
      return mark == Mark.TARGET;
    }
  }

  /// A type that facts permit.
  ///
  /// @param speaks words of the facts that speak for it
  /// @param against words of those that speak against it
  /// @param open what reading the code answers
  public record Candidate(
      HotspotType type, List<String> speaks, List<String> against, List<String> open) {
    public Candidate {
      speaks = List.copyOf(speaks);
      against = List.copyOf(against);
      open = List.copyOf(open);
    }
  }

  /// @param fact the sentence that contradicts it
  public record RuledOut(HotspotType type, String fact) {}

  /// @param because the facts' sentences, or the agent's reason
  public record Decision(HotspotType type, By by, List<String> because) {
    public Decision {
      because = List.copyOf(because);
    }

    /// Whose word it is.
    public enum By {
      FACTS,
      AGENT
    }
  }

  /// Empty where nothing settles it.
  public Optional<HotspotType> type() {
    return judgement.decision().map(Decision::type);
  }

  /// The types to look for a remedy for: the one that is settled, else the candidates.
  public List<HotspotType> types() {
    return type()
        .map(List::of)
        .orElseGet(() -> judgement.candidates().stream().map(Candidate::type).toList());
  }

  /// The types as a reader sees them: `HOIST`, or `HOIST or DEAD_WORK?` of those for which
  /// something of the line speaks, or `type open`.
  public String typeWords() {
    return type().map(Enum::name).orElseGet(() -> open(spoken().stream().map(Enum::name).toList()));
  }

  /// @param candidates for which something of the line speaks
  public static String open(List<String> candidates) {
    return candidates.isEmpty() ? "type open" : String.join(" or ", candidates) + "?";
  }

  /// Why it is of its type, for who has to change it: what settles the type, else all facts.
  public List<String> reasons() {
    return judgement
        .decision()
        .map(Decision::because)
        .orElseGet(() -> judgement.facts().stream().map(Fact::text).toList());
  }

  /// For a reader who has the line at hand: what was measured or counted of it beside its cost,
  /// each with its figure; where an agent named the type, its reason first.
  public List<String> evidence() {
    var word =
        judgement
            .decision()
            .filter(d -> d.by() == Decision.By.AGENT)
            .map(
                d ->
                    d.because().isEmpty()
                        ? "the agent gives no reason"
                        : "the agent says: " + String.join(" ", d.because()))
            .stream();
    var counted = judgement.facts().stream().filter(Fact::isCounted).map(Fact::text);
    return Stream.concat(word, counted).toList();
  }

  /// Pages to read: how types are told apart, and the patterns of the type that is settled, else of
  /// those for which something of the line speaks.
  public List<String> references() {
    return type().map(List::of).orElseGet(this::spoken).stream()
        .flatMap(t -> t.pages().stream())
        .distinct()
        .toList();
  }

  private List<HotspotType> spoken() {
    return judgement.candidates().stream()
        .filter(c -> !c.speaks().isEmpty())
        .map(Candidate::type)
        .toList();
  }

  /// The hotspot as an agent that read the code names it.
  public Hotspot named(HotspotType type, Optional<String> because) {
    var decision = new Decision(type, Decision.By.AGENT, because.stream().toList());
    return new Hotspot(
        id,
        place,
        cost,
        new Judgement(
            Mark.TARGET,
            judgement.scope(),
            judgement.facts(),
            judgement.candidates(),
            judgement.ruledOut(),
            Optional.of(decision),
            Optional.empty()));
  }
}
