package hostperf.measure;

import hostperf.profile.SwapLaunches;
import hostperf.profile.SwapLaunches.Request;
import hostperf.profile.SwapLaunches.Seen;
import hostperf.profile.SwapLaunches.Timed;
import hostperf.verdict.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Launches that hold both versions. The base's slot of a pair has one schedule and the candidate's
/// its mirror image, so that a pair of launches compares block with block. A warm-up launch has the
/// base alone.
public final class SwappedLaunches implements Launches {
  /// A launch with fewer has hardly a steady state.
  private static final int LEAST = 3;

  private final WorkloadLaunches plain;
  private final SwapLaunches both;
  private final Request request;

  /// @param request whose seed is the measurement's; each pair of launches has one of its own
  public SwappedLaunches(WorkloadLaunches plain, SwapLaunches both, Request request) {
    this.plain = plain;
    this.both = both;
    this.request = request;
  }

  @Override
  public Launched launch(Slot slot) {
    if (slot.pair() == Slot.WARM_UP) {
      return plain.launch(slot);
    }
    var now = request.mirrored(request.seed() + slot.pair(), slot.side() == Side.CANDIDATE);
    var seen = new ArrayList<Seen>();
    var launched =
        plain.launch(
            slot,
            (workload, suffix, lines) -> {
              seen.add(both.launch(workload, now, suffix, lines));
              return seen.getFirst().launch();
            });
    if (Thread.currentThread().isInterrupted()) {
      return launched;
    }
    launched
        .failure()
        .ifPresent(
            why -> {
              throw new NotSwappable("a launch that held both versions failed: " + why);
            });
    return launched.with(swapped(seen.getFirst().processes()));
  }

  private Swapped swapped(List<Timed> processes) {
    var stepping = processes.stream().filter(p -> p.steps() > 0).toList();
    reason(processes, stepping)
        .ifPresent(
            why -> {
              throw new NotSwappable(why);
            });
    var blocks = new ArrayList<Swapped.Blocks>();
    for (int process = 0; process < stepping.size(); process++) {
      for (var pair : stepping.get(process).pairs()) {
        blocks.add(
            new Swapped.Blocks(process, pair.number(), pair.floor(), pair.base(), pair.other()));
      }
    }
    long steps = stepping.stream().mapToLong(Timed::steps).sum();
    if (blocks.stream().filter(b -> !b.floor()).count() < LEAST) {
      throw new NotSwappable(
          "the root has %d steps in a launch, too few for alternating blocks of %d"
              .formatted(steps, request.block()));
    }
    return new Swapped(
        blocks,
        steps,
        stepping.stream().mapToInt(Timed::voided).sum(),
        stepping.stream().mapToDouble(Timed::seconds).sum(),
        uncalled(stepping));
  }

  private static List<String> uncalled(List<Timed> stepping) {
    return stepping.getFirst().uncalled().stream()
        .filter(name -> stepping.stream().allMatch(p -> p.uncalled().contains(name)))
        .toList();
  }

  private Optional<String> reason(List<Timed> processes, List<Timed> stepping) {
    var unfit =
        processes.stream()
            .filter(p -> p.calls() > 0 || stepping.isEmpty())
            .map(Timed::reason)
            .filter(r -> !r.isEmpty())
            .findFirst();
    if (unfit.isPresent() || !stepping.isEmpty()) {
      return unfit;
    }
    long calls = processes.stream().mapToLong(Timed::calls).sum();
    return Optional.of(
        "the root %s was called %s in a launch, which does not exceed the warm-up"
            .formatted(request.root(), calls == 1 ? "once" : "%,d times".formatted(calls)));
  }
}
