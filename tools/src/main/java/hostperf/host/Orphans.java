package hostperf.host;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Processes that lost their parent somewhere below this process.
///
/// A daemon that forks twice and also clears its environment is found neither by descent nor by its
/// mark. Linux hands such orphans to the nearest process above that has asked for them, instead of
/// to init; a server asks (`adopt`). From then on a child of this process that it did not start is
/// an orphan. Whose it is cannot be told while several commands run; then it is left to the last.
public final class Orphans {
  private final boolean wanted;
  private final Set<ProcessHandle> own = ConcurrentHashMap.newKeySet();
  private boolean asked;
  private boolean adopting;

  private Orphans(boolean wanted) {
    this.wanted = wanted;
  }

  /// For a process that leaves orphans to init, as is usual.
  public static Orphans left() {
    return new Orphans(false);
  }

  /// Asks for them, from the first process on that is begun, for the rest of this process's life.
  /// Only for a process whose every child is started through `LocalProcesses`: any other one would
  /// be taken for an orphan.
  public static Orphans adopt() {
    return new Orphans(true);
  }

  /// Starts a process of this one's own. Nobody looks for orphans meanwhile.
  synchronized Process begin(Supplier<Process> start) {
    // Not earlier: loading what calls native code takes a tenth of a server's start.
    if (wanted && !asked) {
      asked = true;
      adopting = LinuxCalls.becomeSubreaper();
    }
    Process process = start.get();
    own.add(process.toHandle());
    var _ = process.onExit().thenRun(() -> own.remove(process.toHandle()));
    return process;
  }

  /// Those that a command has left; none while another one runs.
  synchronized List<ProcessHandle> of(ProcessHandle command) {
    if (!adopting || !own.stream().allMatch(command::equals)) {
      return List.of();
    }
    return ProcessHandle.current().children().filter(c -> !own.contains(c)).toList();
  }

  /// Takes their exit statuses, which nobody else will.
  synchronized void reap(ProcessHandle command) {
    of(command).stream()
        .filter(c -> !c.equals(command) && !ProcessTree.isRunning(c))
        .forEach(c -> LinuxCalls.reap(c.pid()));
  }
}
