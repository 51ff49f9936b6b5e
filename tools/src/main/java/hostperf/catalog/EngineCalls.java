package hostperf.catalog;

import java.util.List;
import java.util.Optional;

/// Calls of an engine whose time is not Python's.
///
/// @param waits where the host waits for the device on purpose
/// @param collectives names of methods that exchange between ranks or processes
public record EngineCalls(List<Wait> waits, List<String> collectives) {
  public EngineCalls {
    waits = List.copyOf(waits);
    collectives = List.copyOf(collectives);
  }

  /// The deliberate wait that a call is, if it is one.
  ///
  /// @param callee the dotted text before the parenthesis, such as
  ///     `self._wait_for_model_engine_input_copy` or `result.copy_done.synchronize`
  public Optional<Wait> waitAt(String callee) {
    return waits.stream().filter(w -> endsIn(callee, w.call())).findFirst();
  }

  /// True for a call that exchanges between ranks or processes.
  public boolean isCollective(String callee) {
    return collectives.stream().anyMatch(c -> endsIn(callee, c));
  }

  private static boolean endsIn(String callee, String names) {
    return callee.equals(names) || callee.endsWith("." + names);
  }

  /// A wait that is meant.
  ///
  /// @param call the last names of the callee: `sampler_event.synchronize`
  /// @param why what it waits for
  public record Wait(String call, String why) {}
}
