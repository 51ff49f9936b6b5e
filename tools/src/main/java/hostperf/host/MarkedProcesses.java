package hostperf.host;

import java.util.HashMap;
import java.util.Optional;
import java.util.function.Consumer;

/// Processes that carry one mark, whatever command begins them, so that whoever finds their
/// server dead can end them (`LocalProcesses.endMarked`).
public final class MarkedProcesses implements Processes {
  private final Processes processes;
  private final String mark;

  public MarkedProcesses(Processes processes, String mark) {
    this.processes = processes;
    this.mark = mark;
  }

  @Override
  public Finished run(Command command, Consumer<String> lines) {
    var environment = new HashMap<>(command.environment());
    // A hostperf that was itself started by one keeps the outer mark.
    var outer =
        Optional.ofNullable(environment.get(LocalProcesses.MARK))
            .or(() -> Optional.ofNullable(System.getenv(LocalProcesses.MARK)));
    environment.put(LocalProcesses.MARK, outer.map(o -> o + ";" + mark).orElse(mark));
    return processes.run(
        new Command(
            command.arguments(), command.directory(), environment, command.limit(), command.log()),
        lines);
  }
}
