package hostperf.propose;

import java.util.List;

/// The options for one hotspot, zero risk first.
///
/// @param recommended the id of the option to take
/// @param reasoning why it beats the next best
public record Proposal(List<Option> options, String recommended, String reasoning) {
  public Proposal {
    options = List.copyOf(options);
  }
}
