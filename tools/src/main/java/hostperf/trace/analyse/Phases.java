package hostperf.trace.analyse;

import java.util.Optional;
import java.util.stream.Stream;

/// The phases of a process. A phase without steps is absent; without any steps in the trace there
/// is only the aggregate.
///
/// @param context steps with context requests
/// @param generation steps with generation requests and no context request
public record Phases(
    PhaseMetrics aggregate, Optional<PhaseMetrics> context, Optional<PhaseMetrics> generation) {

  public Stream<PhaseMetrics> all() {
    return Stream.concat(
        Stream.of(aggregate), Stream.concat(context.stream(), generation.stream()));
  }

  /// YES where one of them says so.
  public HostBoundVerdict verdict() {
    return all().anyMatch(phase -> phase.verdict() == HostBoundVerdict.YES)
        ? HostBoundVerdict.YES
        : HostBoundVerdict.NO;
  }

  /// The same without lists, but for which limits context and generation crossed.
  public Phases brief() {
    return new Phases(
        aggregate.briefest(),
        context.map(PhaseMetrics::brief),
        generation.map(PhaseMetrics::brief));
  }
}
