package hostperf.run;

import hostperf.journal.ProfileRecord;
import hostperf.journal.ProfileRecord.Figures;
import hostperf.journal.ProfileRecord.Reading;
import hostperf.measure.LaunchCost;
import hostperf.profile.Launch;
import hostperf.profile.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a launch without any pass gave, with which those under a pass are compared.
///
/// @param code digest of the code that ran
record PlainLaunch(List<Reading> readings, LaunchCost cost, String code) {
  PlainLaunch {
    readings = List.copyOf(readings);
  }

  static PlainLaunch of(Launch launch, Workload workload, String code) {
    var readings = new ArrayList<Reading>();
    workload
        .metrics()
        .forEach(
            m ->
                launch
                    .metrics()
                    .value(m.name())
                    .ifPresent(value -> readings.add(new Reading(m.name(), value, m.unit()))));
    return new PlainLaunch(readings, LaunchCost.of(launch.finished()), code);
  }

  /// That of an earlier profile, where it ran the same code and has all metrics.
  static Optional<PlainLaunch> of(ProfileRecord earlier, Workload workload, String code) {
    var figures = earlier.figures();
    return figures
        .plain()
        .filter(plain -> plain.code().equals(code))
        .map(plain -> new PlainLaunch(figures.metrics(), plain.cost(), code))
        .filter(
            plain -> workload.metrics().stream().allMatch(m -> plain.value(m.name()).isPresent()));
  }

  Optional<Double> value(String metric) {
    return readings.stream()
        .filter(reading -> reading.name().equals(metric))
        .map(Reading::value)
        .findFirst();
  }

  Figures.Plain kept() {
    return new Figures.Plain(code, cost);
  }
}
