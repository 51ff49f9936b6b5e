package hostperf.propose;

import java.util.List;
import java.util.Optional;

/// The options for one hotspot, zero risk first.
///
/// @param recommended the id of the option to take
/// @param reasoning why
/// @param context what a writer of the edit needs; absent where the recommended option needs no
///     writing, and where the source is not there
public record Proposal(
    List<Option> options, String recommended, String reasoning, Optional<Context> context) {
  public Proposal {
    options = List.copyOf(options);
  }

  public Option recommendedOption() {
    return options.stream().filter(o -> o.id().equals(recommended)).findFirst().orElseThrow();
  }

  public Proposal with(Context known) {
    return new Proposal(options, recommended, reasoning, Optional.of(known));
  }
}
