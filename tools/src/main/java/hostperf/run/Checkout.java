package hostperf.run;

import hostperf.approval.Approvals;
import hostperf.approval.Consent;
import hostperf.approval.OpenDialogs;
import hostperf.configuration.Configuration;
import hostperf.configuration.ConfigurationReader;
import hostperf.host.MarkedProcesses;
import hostperf.host.Processes;
import hostperf.repository.GitRepository;
import hostperf.repository.Repository;
import hostperf.source.Sources;
import java.nio.file.Path;
import java.time.InstantSource;
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
  private final Runs runs;
  private final OwnerLock owner;
  private final OpenDialogs dialogs = new OpenDialogs();

  public Checkout(Path root, Processes processes, InstantSource clock, RandomGenerator random) {
    this.root = root;
    this.processes = new MarkedProcesses(processes, mark);
    this.clock = clock;
    this.random = random;
    this.runs = new Runs(root, clock);
    this.owner = new OwnerLock(root.resolve(".hostperf"), clock);
  }

  public Path root() {
    return root;
  }

  public Runs runs() {
    return runs;
  }

  public Processes processes() {
    return processes;
  }

  public InstantSource clock() {
    return clock;
  }

  /// What every process that is begun here carries in its environment.
  String mark() {
    return mark;
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

  /// The questions of a run, or of the checkout before there is a run.
  public Approvals approvals(Optional<RunId> run) {
    var folder =
        run.map(id -> runs.folder(id).approvals()).orElse(root.resolve(".hostperf/approvals"));
    return new Approvals(folder, clock, RunId.handles("approval-", random));
  }

  /// Gets answers to questions of this folder; its dialogs stay open beyond a call.
  Consent consent(Approvals approvals) {
    return new Consent(approvals, dialogs);
  }

  public RunId newRunId() {
    return new RunId(RunId.handles("run-", random).get());
  }

  public String newJobId() {
    return RunId.handles("job-", random).get();
  }
}
