package hostperf.execution;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A job as `scontrol --oneliner show job` shows it.
///
/// @param state Slurm's own word, such as `PENDING`; `GONE` where the controller no longer knows it
/// @param reason why it is in that state, in Slurm's word; `None` where there is none
/// @param nodes as Slurm lists them, such as `n[1-2]`; empty before it runs
/// @param start when it began or is expected to; `Unknown` where the scheduler has not said
/// @param restarts how often it was put back into the queue
record SlurmJob(long id, String state, String reason, String nodes, String start, int restarts) {
  private static final Pattern FIELD = Pattern.compile("(\\w[\\w/:.]*)=(\\S*)");
  private static final Set<String> WAITING = Set.of("PENDING", "CONFIGURING", "REQUEUED");

  static SlurmJob gone(long id) {
    return new SlurmJob(id, "GONE", "None", "", "Unknown", 0);
  }

  static SlurmJob read(long id, String line) {
    Map<String, String> fields = new LinkedHashMap<>();
    FIELD.matcher(line).results().forEach(m -> fields.putIfAbsent(m.group(1), m.group(2)));
    var nodes = fields.getOrDefault("NodeList", "");
    return new SlurmJob(
        id,
        fields.getOrDefault("JobState", "GONE"),
        fields.getOrDefault("Reason", "None"),
        nodes.equals("(null)") ? "" : nodes,
        fields.getOrDefault("StartTime", "Unknown"),
        number(fields.getOrDefault("Restarts", "0")));
  }

  private static int number(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }

  boolean isRunning() {
    return state.equals("RUNNING");
  }

  /// It may still come to run.
  boolean isWaiting() {
    return WAITING.contains(state) || state.equals("SUSPENDED") || state.equals("COMPLETING");
  }

  /// What became of it, as the end of a sentence about it.
  String words() {
    return switch (state) {
      case "RUNNING" -> "runs on " + nodes;
      case "PENDING" ->
          (restarts > 0 ? "was put back into the queue and waits there" : "waits in the queue")
              + because()
              + (start.equals("Unknown") || start.equals("N/A")
                  ? ""
                  : ", expected to start at " + start);
      case "CONFIGURING" -> "gets its nodes ready";
      case "COMPLETING" -> "is being cleaned up";
      case "SUSPENDED" -> "was suspended" + because();
      case "TIMEOUT" -> "reached its time limit";
      case "DEADLINE" -> "reached its deadline";
      case "NODE_FAIL" -> "lost a node" + because();
      case "PREEMPTED" -> "was preempted by a job of higher priority";
      case "OUT_OF_MEMORY" -> "ran out of memory";
      case "CANCELLED" -> "was cancelled by someone else";
      case "REQUEUED" -> "was put back into the queue" + because();
      case "COMPLETED" -> "ended after it was unused for a while";
      case "GONE" -> "is no longer known to Slurm";
      default -> "is in the state " + state + because();
    };
  }

  private String because() {
    return reason.equals("None") || reason.isEmpty() ? "" : " (" + reason + ")";
  }
}
