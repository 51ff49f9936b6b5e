package hostperf.run;

import hostperf.catalog.HotFunction;
import hostperf.catalog.Library;
import hostperf.configuration.Configuration;
import java.util.List;
import java.util.Optional;

/// Where profiling begins.
final class StartFunctions {
  private StartFunctions() {}

  /// The trace's targets, else the configuration's, else the map's.
  static List<String> of(Configuration configuration, Optional<String> handoff, Library library) {
    var fromTrace = handoff.map(Handoff::functions).orElse(List.of());
    if (!fromTrace.isEmpty()) {
      return fromTrace;
    }
    var configured = configuration.profiling().functions();
    return configured.isEmpty()
        ? library.targets().of(configuration.target()).first().stream()
            .map(HotFunction::name)
            .toList()
        : configured;
  }
}
