package hostperf.host;

import java.util.function.Consumer;

/// Starts programs and waits for them.
///
/// An implementation runs the argument list as it is (no shell), ends the whole process tree at
/// the limit or when the calling thread is interrupted, and keeps memory flat whatever the
/// program prints. A program that cannot be started is a `Refusal` that names it.
public interface Processes {
  /// Runs the command; each line of its output goes to `lines` as it comes.
  Finished run(Command command, Consumer<String> lines);

  default Finished run(Command command) {
    return run(command, _ -> {});
  }
}
