package hostperf.propose;

import hostperf.Golden;
import hostperf.catalog.Catalog;
import hostperf.classify.Hotspot;
import hostperf.classify.facts.Fact;
import hostperf.classify.facts.HotspotType;
import hostperf.classify.facts.Scope;
import hostperf.fact.Counted;
import hostperf.fact.Facts;
import hostperf.fact.LineFact;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.profile.Observed;
import hostperf.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/// What is proposed for a hotspot of a source text.
abstract class Proposals {
  static final String LOOP =
      """
      class Config:
          @property
          def max_len(self):
              return sum([1 for _ in range(500)])

      class Engine:
          config: Config

      def clip(engine: Engine, requests: list):
          out = []
          for r in requests:
              out.append(min(r, engine.config.max_len))
          return out
      """;

  static final int HOT = 12;

  @TempDir Path checkout;

  final Catalog catalog = Catalog.read(Golden.root().resolve("references"));

  /// What collections at the hot line took of ten seconds of steps.
  static Facts collecting(double share) {
    var place = new LineFact.Place("/app/engine.py", HOT, "clip");
    var fact = new LineFact(LineFact.Kind.GC_PAUSE, place, "generation 2", 1, share * 10, 0);
    return new Facts(Counted.in(100, 10), List.of(fact), List.of(), List.of(), Map.of());
  }

  Proposal propose(String source, Hotspot hotspot) throws IOException {
    return propose(source, hotspot, Facts.NONE);
  }

  Proposal propose(String source, Hotspot hotspot, Facts facts) throws IOException {
    Files.writeString(checkout.resolve("engine.py"), source);
    var lines =
        List.of(
            new LineCost(10, 100, 0.001, "out = []"),
            new LineCost(4, 100, 0.5, "inside"),
            new LineCost(HOT, 6400, 0.5, "append"),
            new LineCost(13, 100, 0.001, "return out"));
    var profile =
        new LineProfile(List.of(new FunctionProfile("clip", "/app/engine.py", 9, 0.5, lines)));
    return new Proposer(List.of())
        .propose(
            hotspot,
            new Observed(
                Optional.empty(), profile, facts, List.of(), List.of(), Optional.empty(), Map.of()),
            new Sources(checkout),
            catalog);
  }

  static Hotspot with(Hotspot h, Fact... facts) {
    var j = h.judgement();
    return with(h, List.of(facts), j.decision(), j.question());
  }

  private static Hotspot with(
      Hotspot h, List<Fact> facts, Optional<Hotspot.Decision> decision, Optional<String> question) {
    var j = h.judgement();
    return new Hotspot(
        h.id(),
        h.place(),
        h.cost(),
        new Hotspot.Judgement(
            j.mark(), j.scope(), facts, j.candidates(), j.ruledOut(), decision, question));
  }

  static Option recommended(Proposal proposal) {
    return proposal.options().stream()
        .filter(o -> o.id().equals(proposal.recommended()))
        .findFirst()
        .orElseThrow();
  }

  /// A line whose type nothing settles, of 500 µs a hit.
  static Hotspot unsettled(int line) {
    var h = hotspot(line, HotspotType.DEAD_WORK, 1000, 0.5, 0.2, false);
    return with(h, h.judgement().facts(), Optional.empty(), Optional.empty());
  }

  static Hotspot hotspot(
      int line, HotspotType type, long hits, double seconds, double share, boolean waits) {
    return new Hotspot(
        "h1",
        new Hotspot.Place(
            "clip", "engine.py", line, "out.append(min(r, engine.config.limits.max_len))"),
        new Hotspot.Cost(hits, seconds, share, Optional.empty()),
        new Hotspot.Judgement(
            waits ? Hotspot.Mark.WAITS : Hotspot.Mark.TARGET,
            Scope.PER_REQUEST,
            List.of(),
            List.of(new Hotspot.Candidate(type, List.of(), List.of(), List.of())),
            List.of(),
            Optional.of(new Hotspot.Decision(type, Hotspot.Decision.By.FACTS, List.of())),
            Optional.empty()));
  }
}
