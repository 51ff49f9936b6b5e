package hostperf.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  // Forks twice, leaves its session, ignores SIGTERM and keeps the pipe open.
  private static final String DAEMON =
      """
      (setsid bash -c 'trap "" TERM; echo $$ >$0.new; mv $0.new $0; exec 2>/dev/null; while :; do sleep 9; done' "$1" &)
      until [ -e "$1" ]; do sleep 0.01; done
      """;

  @TempDir Path folder;

  private final LocalProcesses processes = new LocalProcesses();

  @Test
  void runsTheArgumentsAsTheyAreWithoutAShell() {
    Finished finished = processes.run(new Command(folder, MINUTE, "echo", "$HOME;", "*", "a  b"));
    assertThat(finished.succeeded()).isTrue();
    assertThat(finished.output()).isEqualTo("$HOME; * a  b\n");
  }

  @Test
  void passesTheEnvironmentAndKeepsBothStreamsInOneLog() throws Exception {
    Path log = folder.resolve("logs/out.txt");
    List<String> script = List.of("bash", "-c", "echo $GREETING; echo bad >&2; exit 3");
    var seen = new ArrayList<String>();
    Finished finished =
        processes.run(
            new Command(script, folder, Map.of("GREETING", "hello"), MINUTE, Optional.of(log)),
            seen::add);
    assertThat(finished.exitCode()).isEqualTo(3);
    assertThat(seen).containsExactly("hello", "bad");
    assertThat(log).hasContent("hello\nbad\n");
  }

  @Test
  void namesTheProgramThatCannotBeStarted() {
    assertThatThrownBy(() -> processes.run(new Command(folder, MINUTE, "no-such-program")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("`no-such-program` cannot be started")
        .hasMessageContaining("No such file");
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    Path absent = folder.resolve("absent");
    assertThatThrownBy(() -> processes.run(new Command(absent, MINUTE, "true")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("absent does not exist");
  }

  @Test
  void endsADaemonThatIgnoresTermAtTheLimit() throws Exception {
    Path pid = folder.resolve("pid");
    Finished finished = processes.run(bash(Duration.ofSeconds(2), DAEMON + "sleep 300\n", pid));
    assertThat(finished.end()).isEqualTo(Finished.End.TIMED_OUT);
    assertThat(isRunning(pid)).isFalse();
  }

  @Test
  void aDaemonThatKeepsThePipeOpenDoesNotHoldUpACommandThatHasEnded() throws Exception {
    Path pid = folder.resolve("pid");
    Finished finished = processes.run(bash(MINUTE, DAEMON + "echo done\n", pid));
    assertThat(finished.succeeded()).isTrue();
    assertThat(finished.output()).isEqualTo("done\n");
    assertThat(isRunning(pid)).isFalse();
  }

  @Test
  void anInterruptCancelsTheCommandAndEndsItsTree() throws Exception {
    Path pid = folder.resolve("pid");
    var ends = new ArrayList<Finished.End>();
    Command command = bash(MINUTE, DAEMON + "sleep 300\n", pid);
    Thread caller = Thread.ofPlatform().start(() -> ends.add(processes.run(command).end()));
    awaitFile(pid);
    caller.interrupt();
    assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
    assertThat(ends).containsExactly(Finished.End.CANCELLED);
    assertThat(isRunning(pid)).isFalse();
  }

  @Test
  void findsWhatADeadServerLeftByTheMarkThatTheCommandGave() throws Exception {
    Path pid = folder.resolve("pid");
    Command base = bash(MINUTE, DAEMON + "sleep 300\n", pid);
    var marked =
        new Command(
            base.arguments(), folder, Map.of("HOSTPERF_MARK", "run-1/job-2"), MINUTE, base.log());
    var ends = new ArrayList<Finished.End>();
    Thread caller = Thread.ofPlatform().start(() -> ends.add(processes.run(marked).end()));
    awaitFile(pid);
    assertThat(new LocalProcesses().endMarked("run-1/job-1")).isZero();
    assertThat(new LocalProcesses().endMarked("run-1/job-2")).isGreaterThan(1);
    assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
    assertThat(isRunning(pid)).isFalse();
  }

  @Test
  void keepsBothEndsOfALongOutput() {
    Finished finished =
        processes.run(
            new Command(folder, MINUTE, "bash", "-c", "echo first; yes | head -c 8000000; echo z"));
    assertThat(finished.output()).startsWith("first\ny\n").endsWith("y\nz\n");
    assertThat(finished.output()).contains("\n[… 6000008 characters left out …]\n");
    assertThat(finished.output().length()).isLessThan(Finished.KEPT + 100);
  }

  @Test
  void aListenerThatFailsDoesNotBlockTheProgramAndIsReported() {
    Command command = new Command(folder, MINUTE, "bash", "-c", "yes | head -c 1000000");
    assertThatThrownBy(
            () ->
                processes.run(
                    command,
                    _ -> {
                      throw new IllegalStateException("listener");
                    }))
        .hasMessage("listener");
  }

  private Command bash(Duration limit, String script, Path pid) {
    List<String> arguments = List.of("bash", "-c", script, "x", pid.toString());
    return new Command(arguments, folder, Map.of(), limit, Optional.empty());
  }

  private static void awaitFile(Path pid) throws Exception {
    while (!Files.exists(pid)) {
      Thread.sleep(10);
    }
  }

  private static boolean isRunning(Path pidFile) throws Exception {
    Path stat = Path.of("/proc", Files.readString(pidFile).strip(), "stat");
    return Files.exists(stat) && !Files.readString(stat).matches("(?s).*\\) Z .*");
  }
}
