package hostperf.classify;

import hostperf.fact.Facts;
import hostperf.lines.FunctionProfile;
import hostperf.source.Statements;
import java.util.Optional;

/// What a statement costs, and whether that makes it a hotspot.
sealed interface Costing {

  /// Empty where it is none.
  ///
  /// @param measured what the facts pass saw it do
  Optional<Hotspot.Cost> of(Spots spots, FunctionProfile function, Facts measured);

  /// By the line profiler alone.
  ///
  /// @param whole seconds of all functions, each counted once
  record ByLines(ProfiledCallees callees, double whole) implements Costing {
    /// A statement below this share of its function's time is shown only if its time per hit stands
    /// out.
    private static final double LEAST_SHARE = 0.005;

    /// With less than this of its time left after its profiled callees, a call is explained by
    /// them; the rest is the overhead of profiling the callee's entry.
    private static final double EXPLAINED = 0.2;

    @Override
    public Optional<Hotspot.Cost> of(Spots spots, FunctionProfile function, Facts measured) {
      var spot = spots.spot();
      double own = callees.own(spot);
      // What a callee's own lines explain is no hotspot of the call.
      boolean explained = own < EXPLAINED * spot.seconds();
      boolean costs = spots.standsOut() || own >= LEAST_SHARE * function.seconds();
      return costs && !explained
          ? Optional.of(
              new Hotspot.Cost(
                  spot.hits(), own, whole > 0 ? Math.min(1, own / whole) : 0, Optional.empty()))
          : Optional.empty();
    }
  }

  /// By samples: a callee's time is never the caller's, whatever name it goes by.
  record BySamples(SampledTime sampled, Hotspot.Whole whole) implements Costing {
    /// Below it a line is nobody's target, unless a pass saw it do something.
    private static final double LEAST_SHARE = 0.002;

    @Override
    public Optional<Hotspot.Cost> of(Spots spots, FunctionProfile function, Facts measured) {
      var spot = spots.spot();
      var lines = Statements.header(spot.statement());
      double share = sampled.share(function.file(), lines.first(), lines.last());
      return share >= LEAST_SHARE || !measured.lines().isEmpty()
          ? Optional.of(new Hotspot.Cost(spot.hits(), spot.seconds(), share, Optional.of(whole)))
          : Optional.empty();
    }
  }
}
