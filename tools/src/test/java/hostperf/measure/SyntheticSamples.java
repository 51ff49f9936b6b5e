package hostperf.measure;

import hostperf.metric.Better;
import hostperf.verdict.Plan;
import hostperf.verdict.Quantity;
import hostperf.verdict.Rule;
import hostperf.verdict.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Samples as a measurement would have taken them, for tests of what is made of them.
final class SyntheticSamples {
  static final Quantity THROUGHPUT = new Quantity("throughput", "tok/s", Better.HIGHER);
  static final Quantity TPOT = new Quantity("tpot", "ms", Better.LOWER);

  private SyntheticSamples() {}

  /// Eight pairs whose candidate has these factors on throughput and time per token, with a
  /// scatter of some 0.2%.
  static List<Sample> pairs(double throughput, double tpot) {
    List<Sample> samples = new ArrayList<>();
    for (int pair = 1; pair <= 8; pair++) {
      double stray = 1 + 0.001 * ((pair * 5) % 8 - 3.5);
      samples.add(sample(new Slot(pair, 1, Side.BASE), 1000 * stray, 8));
      samples.add(sample(new Slot(pair, 1, Side.CANDIDATE), 1000 * throughput, 8 * tpot * stray));
    }
    return samples;
  }

  static Question question() {
    return new Question(THROUGHPUT, Rule.of(0.01), new Plan(0, 8, 0), Duration.ofHours(1));
  }

  static List<Sample> changed(List<Sample> samples, UnaryOperator<Launched> change) {
    return samples.stream()
        .map(s -> new Sample(s.slot(), change.apply(s.launched()), s.code(), s.voided()))
        .toList();
  }

  static double throughput(Launched launched) {
    return launched.metrics().getOrDefault("throughput", 0.0);
  }

  private static Sample sample(Slot slot, double throughput, double tpot) {
    var launched =
        new Launched(
            Optional.empty(),
            Map.of("throughput", throughput, "tpot", tpot),
            new Surroundings(Map.of("gpu", "H100"), Map.of("load_per_cpu", 0.2), Map.of()),
            Optional.of("same"),
            Instant.EPOCH,
            // A second to start, nine of work.
            1 + 9_000 / throughput);
    return new Sample(slot, launched, "c0de", Optional.empty());
  }
}
