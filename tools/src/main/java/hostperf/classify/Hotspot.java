package hostperf.classify;

import hostperf.fact.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A line or statement that costs host time, with what it is and why.
///
/// @param id `h1`, `h2`… in the order of the profile's answer, most costly first
/// @param facts what a pass saw its lines do
public record Hotspot(String id, Place place, Cost cost, Judgement judgement, Facts facts) {
  /// How sure a reader is who saw the function and not the change: of 102 labelled changes the
  /// share whose type a language model named so (`bench/classify/README.md`).
  private static final double READER = 0.84;

  /// Where it stands.
  ///
  /// @param function qualified within its module: `Class.method` or `function`
  /// @param file relative to the checkout where it lies inside it
  /// @param line from 1
  /// @param source the line's text, trimmed; the statement's where the cost is of several lines
  public record Place(String function, String file, int line, String source) {}

  /// What it costs.
  ///
  /// @param hits how often it ran in the profile
  /// @param seconds over all hits, by the line profiler, whose own cost is in them
  /// @param share of `whole`, 0 to 1, in which each second counts once: what it calls of the
  ///     engine's own functions is theirs
  /// @param whole what the share is of, by samples; absent without them: then of all profiled time
  public record Cost(long hits, double seconds, double share, Optional<Whole> whole) {
    public double microsPerHit() {
      return hits == 0 ? 0 : seconds * 1e6 / hits;
    }

    /// Seconds of the whole where samples count seconds, else the line profiler's.
    public double time() {
      return whole.map(Whole::seconds).filter(s -> s > 0).map(s -> s * share).orElse(seconds);
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

  /// What it is.
  ///
  /// @param also other types a reasonable reader would accept, most fitting first
  /// @param waits the host waits for the device here on purpose, so it is no target
  /// @param confidence 0 to 1
  public record Judgement(
      HotspotType type,
      List<HotspotType> also,
      boolean waits,
      Scope scope,
      double confidence,
      Because because) {
    public Judgement {
      also = List.copyOf(also);
    }

    /// Below this an answer is a question to ask, not a finding: of such, 28% named the type
    /// that an engineer went for (`bench/classify/README.md`).
    private static final double SURE = 0.5;

    public boolean isSure() {
      return confidence >= SURE;
    }
  }

  /// Why it was judged so, and where to read on.
  ///
  /// @param evidence sentences a person can check against the source and the profile
  /// @param references catalogue pages, as paths below `references/`
  public record Because(List<String> evidence, List<String> references) {
    public Because {
      evidence = List.copyOf(evidence);
      references = List.copyOf(references);
    }
  }

  public HotspotType type() {
    return judgement.type();
  }

  /// The hotspot as a reader of the code judges it. What the rules said stays: their type as the
  /// first of `also`, their evidence after a sentence about the change.
  public Hotspot readAs(HotspotType type) {
    if (type == type()) {
      return this;
    }
    var also =
        Stream.concat(Stream.of(type()), judgement.also().stream().filter(t -> t != type)).toList();
    var evidence = new ArrayList<String>();
    evidence.add(
        "A reader of the code names it %s; it was taken for %s (confidence %.2f)"
            .formatted(type, type(), judgement.confidence()));
    evidence.addAll(judgement.because().evidence());
    return new Hotspot(
        id,
        place,
        cost,
        new Judgement(
            type,
            also,
            judgement.waits(),
            judgement.scope(),
            READER,
            new Because(evidence, type.pages())),
        facts);
  }
}
