package hostperf.run;

import hostperf.catalog.HotFunction;
import hostperf.catalog.Library;
import hostperf.configuration.Configuration;
import hostperf.source.Sources;
import java.util.List;
import java.util.Optional;

/// Where profiling begins.
///
/// @param handoff the trace's targets
/// @param sources the checkout: of a function's names the one that it defines is taken
record StartFunctions(
    Configuration configuration, Optional<String> handoff, Library library, Sources sources) {

  /// The trace's targets, else the configuration's.
  List<String> named() {
    var fromTrace = handoff.map(Handoff::functions).orElse(List.of());
    return fromTrace.isEmpty() ? configuration.profiling().functions() : fromTrace;
  }

  /// These, else the map's.
  List<String> all() {
    var named = named();
    return named.isEmpty()
        ? library.targets().of(configuration.target()).first().stream()
            .map(function -> nameIn(sources, function))
            .toList()
        : named;
  }

  /// Where the checkout defines none of them, the newest, so that the profiler says what is
  /// missing.
  private static String nameIn(Sources sources, HotFunction function) {
    return function.names().stream().filter(sources::defines).findFirst().orElse(function.name());
  }
}
