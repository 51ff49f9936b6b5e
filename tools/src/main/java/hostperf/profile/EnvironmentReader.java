package hostperf.profile;

import hostperf.execution.Executor;
import hostperf.host.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// Looks at the machine that a workload is launched on. It changes nothing, affinity least of all.
///
/// What cannot be looked at is there with the reason as its value (`unknown: …`), so that a
/// comparison sees it.
public final class EnvironmentReader {
  private final Optional<MachineFiles> machine;
  private final Gpus gpus;
  private final InterpreterFacts interpreter;

  /// @param inherited the environment that `processes` hands down, as `System.getenv()` has it
  public EnvironmentReader(Processes processes, Map<String, String> inherited) {
    this(processes, inherited, Path.of("/"));
  }

  EnvironmentReader(Processes processes, Map<String, String> inherited, Path root) {
    this(Optional.of(new MachineFiles(root)), processes, inherited);
  }

  /// Where launches run: of another machine only what its own programs say is known.
  ///
  /// @param progress gets what is waited for
  public static EnvironmentReader of(
      Executor executor, Consumer<String> progress, Map<String, String> inherited) {
    return new EnvironmentReader(
        executor.isHere() ? Optional.of(new MachineFiles(Path.of("/"))) : Optional.empty(),
        executor.single(progress),
        inherited);
  }

  private EnvironmentReader(
      Optional<MachineFiles> machine, Processes processes, Map<String, String> inherited) {
    this.machine = machine;
    this.gpus = machine.isPresent() ? Gpus.here(processes, inherited) : Gpus.there(processes);
    this.interpreter = new InterpreterFacts(processes, inherited);
  }

  /// Of the identity, what may be changed while a run goes on. Empty where launches run elsewhere.
  public Map<String, String> affinity() {
    return machine.<Map<String, String>>map(MachineFiles::affinity).orElseGet(Map::of);
  }

  /// Stable for the length of a run, but for the affinity: one read of it will do.
  public SequencedMap<String, String> identity(Workload workload) {
    SequencedMap<String, String> identity =
        machine.map(MachineFiles::identity).orElseGet(LinkedHashMap::new);
    identity.putAll(gpus.identity());
    identity.putAll(interpreter.of(workload));
    return identity;
  }

  /// What the CPUs have been busy since the machine started; absent where the kernel does not tell.
  public Optional<Double> busySeconds() {
    return machine.flatMap(MachineFiles::busySeconds);
  }

  /// Who uses the CPUs now; a look takes a second. Empty where launches run elsewhere.
  public List<String> cpuUsers() {
    return machine.map(_ -> CpuUsers.during(Duration.ofSeconds(1))).orElse(List.of());
  }

  /// Who computes on the GPUs right now.
  public List<String> gpuUsers() {
    return gpus.users();
  }

  /// To be read before and after each launch.
  public SequencedMap<String, String> conditions() {
    SequencedMap<String, String> conditions =
        machine.map(MachineFiles::conditions).orElseGet(LinkedHashMap::new);
    conditions.putAll(gpus.conditions());
    return conditions;
  }
}
