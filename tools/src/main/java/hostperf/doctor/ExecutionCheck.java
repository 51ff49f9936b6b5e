package hostperf.doctor;

import hostperf.Refusal;
import hostperf.execution.Execution;
import hostperf.host.Command;
import hostperf.host.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Whether launches can run where the configuration wants them. Nothing is launched there.
final class ExecutionCheck {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String SUBJECT = "execution";

  private final Processes processes;

  ExecutionCheck(Processes processes) {
    this.processes = processes;
  }

  List<Check> checks(Execution execution) {
    return switch (execution) {
      case Execution.Local _ -> List.of();
      case Execution.Prefix prefix ->
          List.of(Check.ok(SUBJECT, "behind `%s`".formatted(String.join(" ", prefix.words()))));
      case Execution.Slurm slurm -> slurm(slurm);
    };
  }

  private List<Check> slurm(Execution.Slurm wanted) {
    var checks = new ArrayList<Check>();
    for (var program : List.of("sbatch", "srun", "squeue", "scontrol", "scancel")) {
      if (answer(program, "--version").isEmpty()) {
        checks.add(
            Check.missing(
                SUBJECT,
                program + " does not start here",
                "Run hostperf where jobs are submitted, such as a login node."));
      }
    }
    if (checks.isEmpty()) {
      var nodes = answer("sinfo", "--noheader", "--format=%P %D %T");
      checks.add(
          nodes.isEmpty()
              ? Check.missing(SUBJECT, "sinfo fails", "See what `sinfo` itself says.")
              : Check.ok(
                  SUBJECT,
                  "Slurm, one job of %d nodes and %d tasks"
                      .formatted(wanted.nodes(), wanted.tasks())));
    }
    return checks;
  }

  /// Empty where the program fails or is not here.
  private String answer(String... words) {
    try {
      var finished = processes.run(new Command(Doctor.NEUTRAL, LIMIT, words));
      return finished.succeeded() ? finished.output().strip() : "";
    } catch (Refusal _) {
      return "";
    }
  }
}
