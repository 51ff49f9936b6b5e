package hostperf.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlurmJobTest {
  /// From a line as Slurm 22.05 prints it, shortened.
  private static SlurmJob job(String state, String reason, int restarts, String start) {
    var line =
        ("JobId=7 JobName=x UserId=root(0) GroupId=root(0) Account=(null) JobState=%s Reason=%s"
                + " Dependency=(null) Requeue=0 Restarts=%d BatchFlag=1 ExitCode=0:15"
                + " StartTime=%s EndTime=2026-11-30T01:57:39 ReqNodeList=(null) ExcNodeList=(null)"
                + " NodeList=n[1-2] NumNodes=2 Command=(null) WorkDir=/a=b")
            .formatted(state, reason, restarts, start);
    return SlurmJob.read(7, line);
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, None, runs on n[1-2]",
    "PENDING, Resources, waits in the queue (Resources)",
    "TIMEOUT, TimeLimit, reached its time limit",
    "NODE_FAIL, NodeDown, lost a node (NodeDown)",
    "PREEMPTED, None, was preempted by a job of higher priority",
    "OUT_OF_MEMORY, OutOfMemory, ran out of memory",
    "CANCELLED, None, was cancelled by someone else",
    "REQUEUED, BeginTime, was put back into the queue (BeginTime)",
    "BOOT_FAIL, None, is in the state BOOT_FAIL"
  })
  void tellsTheWaysOfEndingApart(String state, String reason, String words) {
    assertThat(job(state, reason, 0, "Unknown").words()).isEqualTo(words);
  }

  @Test
  void saysWhenItIsExpectedToStartAndThatItWasPutBack() {
    assertThat(job("PENDING", "Priority", 0, "2026-11-30T03:00:00").words())
        .isEqualTo("waits in the queue (Priority), expected to start at 2026-11-30T03:00:00");
    assertThat(job("PENDING", "Resources", 1, "N/A").words())
        .isEqualTo("was put back into the queue and waits there (Resources)");
  }

  @Test
  void whatIsNoJobIsGone() {
    assertThat(SlurmJob.read(7, "").words()).isEqualTo("is no longer known to Slurm");
    assertThat(SlurmJob.gone(7).isWaiting()).isFalse();
  }
}
