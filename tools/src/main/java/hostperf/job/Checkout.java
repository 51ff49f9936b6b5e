package hostperf.job;

import hostperf.approval.Approvals;
import hostperf.approval.Consent;
import hostperf.approval.OpenDialogs;
import hostperf.configuration.Configuration;
import hostperf.configuration.ConfigurationReader;
import hostperf.execution.Execution;
import hostperf.execution.Executor;
import hostperf.execution.HeldJobs;
import hostperf.execution.PrefixExecutor;
import hostperf.execution.SlurmExecutor;
import hostperf.host.MarkedProcesses;
import hostperf.host.Processes;
import hostperf.journal.Home;
import hostperf.journal.RunId;
import hostperf.journal.Runs;
import hostperf.repository.GitRepository;
import hostperf.repository.Repository;
import hostperf.seal.UserState;
import hostperf.source.Sources;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// The checkout that a server or command works on, and what the steps of a run share there.
///
/// Nothing is opened or read before it is asked for, so that a server starts at once and works
/// where there is no repository or configuration.
public final class Checkout {
  private final Path root;
  private final String mark = UUID.randomUUID().toString();
  private final Processes processes;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Home home;
  private final Runs runs;
  private final OwnerLock owner;
  private Optional<Executing> executor = Optional.empty();
  private final MachineQueue machine;
  private final OpenDialogs dialogs = new OpenDialogs();

  public Checkout(Path root, Processes processes, InstantSource clock, RandomGenerator random) {
    this(root, processes, clock, random, UserState.ofUser());
  }

  /// @param state where this user's key lies, and what must not lie in a checkout
  public Checkout(
      Path root,
      Processes processes,
      InstantSource clock,
      RandomGenerator random,
      UserState state) {
    this.root = root;
    this.processes = new MarkedProcesses(processes, mark);
    this.clock = clock;
    this.random = random;
    this.home = new Home(root, state);
    this.runs = new Runs(home, clock);
    this.owner = new OwnerLock(home, clock);
    this.machine = new MachineQueue(state, root, clock);
  }

  public Path root() {
    return root;
  }

  /// `.hostperf/`, and whether it can be believed.
  public Home home() {
    return home;
  }

  public Runs runs() {
    return runs;
  }

  /// What lies in `.hostperf/` and is not believed, each with why.
  public List<String> notBelieved() {
    var reasons = new ArrayList<>(runs.unreadable());
    if (home.fault().isEmpty()) {
      reasons.addAll(new JobFiles(home).strays());
      runs.all().forEach(r -> reasons.addAll(approvals(Optional.of(r.id())).strays()));
      home.files().folder("approvals").names(".json").stream()
          .map(
              name ->
                  "%s/approvals/%s is ignored: answers about configurations are stored in %s."
                      .formatted(home.path(), name, home.users().path()))
          .forEach(reasons::add);
    }
    return List.copyOf(reasons);
  }

  public Processes processes() {
    return processes;
  }

  /// Where launches run; what it holds stays from one job to the next.
  public synchronized Executor executor(Configuration configuration) {
    var request = configuration.execution();
    if (executor.isEmpty() || !executor.get().execution().equals(request)) {
      executor.ifPresent(e -> e.executor().release());
      executor = Optional.of(new Executing(request, made(request)));
    }
    return executor.get().executor();
  }

  private record Executing(Execution execution, Executor executor) {}

  private Executor made(Execution execution) {
    return switch (execution) {
      case Execution.Local _ -> Executor.local(processes);
      case Execution.Prefix prefix -> new PrefixExecutor(prefix, processes);
      case Execution.Slurm slurm ->
          new SlurmExecutor(slurm, processes, root, heldJobs(), RunId.handles("hostperf-", random));
    };
  }

  /// The jobs of Slurm that were asked for from here.
  public HeldJobs heldJobs() {
    return new HeldJobs(home.files().folder("slurm"), mark);
  }

  /// Gives back what launches held.
  public synchronized void release() {
    executor.ifPresent(e -> e.executor().release());
    executor = Optional.empty();
  }

  public InstantSource clock() {
    return clock;
  }

  /// What every process that is begun here carries in its environment.
  String mark() {
    return mark;
  }

  /// What this user launches on this machine.
  public MachineQueue machine() {
    return machine;
  }

  /// Taken by whoever is about to write.
  public OwnerLock owner() {
    return owner;
  }

  /// Opened anew each time: refs and index may have changed by the user's own git.
  public Repository repository() {
    return GitRepository.at(root, clock);
  }

  /// As it stands now; refused where it is absent or faulty.
  public Configuration configuration() {
    return ConfigurationReader.require(root);
  }

  public Sources sources() {
    return new Sources(root);
  }

  /// The questions of a run, or those about the configuration, which are asked before a run. These
  /// lie outside the checkout, where no repository can bring its own answer.
  public Approvals approvals(Optional<RunId> run) {
    var folder = run.map(id -> runs.folder(id).files()).orElse(home.users()).folder("approvals");
    return new Approvals(folder, clock, RunId.handles("approval-", random));
  }

  /// Gets answers to questions of this folder; its dialogs stay open beyond a call.
  public Consent consent(Approvals approvals) {
    return new Consent(approvals, dialogs);
  }

  public RunId newRunId() {
    return new RunId(RunId.handles("run-", random).get());
  }

  public String newJobId() {
    return RunId.handles("job-", random).get();
  }
}
