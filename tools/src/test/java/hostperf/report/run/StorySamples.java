package hostperf.report.run;

import hostperf.measure.Launched;
import hostperf.measure.Sample;
import hostperf.measure.Slot;
import hostperf.measure.Surroundings;
import hostperf.measure.Swapped;
import hostperf.verdict.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Samples as launches could have given them, with noise.
final class StorySamples {
  private final Random random = new Random(4);

  List<Sample> pairs(double base, double factor, int pairs) {
    List<Sample> samples = new ArrayList<>();
    samples.add(sample(new Slot(Slot.WARM_UP, 1, Side.BASE), base * 0.97));
    for (int pair = 1; pair <= pairs; pair++) {
      samples.add(sample(new Slot(pair, 1, Side.BASE), base));
      samples.add(sample(new Slot(pair, 1, Side.CANDIDATE), base * factor));
    }
    return samples;
  }

  /// Launches that held both versions, in which the candidate's steps took `factor` of the base's.
  List<Sample> swapped(double factor) {
    List<Sample> samples = new ArrayList<>();
    samples.add(sample(new Slot(Slot.WARM_UP, 1, Side.BASE), 1012));
    for (int pair = 1; pair <= 3; pair++) {
      for (Side side : List.of(Side.BASE, Side.CANDIDATE)) {
        var plain = sample(new Slot(pair, 1, side), 1100);
        List<Swapped.Blocks> blocks = new ArrayList<>();
        for (int number = 1; number <= 8; number++) {
          boolean isFloor = number % 4 == 0;
          double base = 0.004 * noise();
          blocks.add(
              new Swapped.Blocks(
                  0, number, isFloor, base, base * (isFloor ? 1 : factor) * noise()));
        }
        samples.add(
            new Sample(
                plain.slot(),
                plain.launched().with(new Swapped(blocks, 320, 0, 1.2)),
                plain.code(),
                plain.voided()));
      }
    }
    return samples;
  }

  List<Sample> atPoints(double one, double many) {
    List<Sample> samples = new ArrayList<>();
    for (int pair = 1; pair <= 8; pair++) {
      for (Side side : List.of(Side.BASE, Side.CANDIDATE)) {
        boolean isBase = side == Side.BASE;
        samples.add(
            sample(
                new Slot(pair, 1, side),
                Map.of(
                    "output_throughput@c1", 210 * (isBase ? 1 : one) * noise(),
                    "output_throughput@c64", 3900 * (isBase ? 1 : many) * noise())));
      }
    }
    return samples;
  }

  private Sample sample(Slot slot, double mean) {
    double throughput = mean * noise();
    return sample(slot, Map.of("output_throughput", throughput, "mean_tpot", 8000 / throughput));
  }

  private double noise() {
    return Math.exp(0.012 * random.nextGaussian());
  }

  private static Sample sample(Slot slot, Map<String, Double> metrics) {
    double throughput = metrics.getOrDefault("output_throughput", 3000.0);
    var launched =
        new Launched(
            Optional.empty(),
            metrics,
            new Surroundings(Map.of("cpu", "2"), Map.of("load_per_cpu", 0.4), Map.of()),
            Optional.of("e3b0c442"),
            Instant.parse("2026-11-24T04:30:00Z"),
            // Start-up beside the work.
            0.4 + 900 / throughput,
            Optional.of(0.3 + 900 / throughput),
            Map.of());
    return new Sample(slot, launched, "c0de", Optional.empty());
  }
}
