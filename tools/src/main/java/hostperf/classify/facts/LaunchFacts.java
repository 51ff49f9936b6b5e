package hostperf.classify.facts;

import hostperf.source.Statements;
import hostperf.source.TensorOperations;

/// Tensor operations that a line runs, and costly statements nearby that run more of them.
final class LaunchFacts {
  /// Fewer are no chain: of the labelled cases that were fused, the shortest had five launching
  /// statements.
  private static final int CHAIN = 4;
  /// Statements further apart belong to different steps of the function.
  private static final int NEAR = 40;

  private final Spot spot;
  private final TensorOperations operations;
  private final FactList facts;

  LaunchFacts(Spot spot, FactList facts) {
    this.spot = spot;
    this.operations = spot.operations();
    this.facts = facts;
  }

  void launches() {
    var own = spot.nodes().stream().filter(n -> operations.mayLaunch(n)).findFirst();
    if (own.isEmpty()) {
      return;
    }
    boolean sure = spot.nodes().stream().anyMatch(n -> operations.surelyLaunches(n));
    var sentence = "%s runs a tensor operation" + (sure ? "" : ", if it is given tensors");
    if (sure) {
      facts.seen(Known.LAUNCHES, sentence, own.get());
    } else {
      facts.named(Known.LAUNCHES, sentence, own.get());
    }
    long near = launchesNear();
    if (near >= CHAIN) {
      facts.seen(
          Known.LAUNCHES_CHAIN,
          "%s costly statements nearby work on tensors one operation at a time",
          near);
    }
  }

  /// Costly statements nearby that launch.
  private long launchesNear() {
    return spot.hot().stream()
        .filter(s -> Math.abs(s.line() - spot.statement().line()) <= NEAR)
        .filter(s -> Statements.own(s).stream().anyMatch(operations::mayLaunch))
        .count();
  }
}
