package hostperf.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
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
  void readsTheProcessorTimeOfACommandWithItsChildren() {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")));
    var busy = "bash -c 'for ((i = 0; i < 300000; i++)); do :; done'; true";
    assertThat(processes.run(new Command(folder, MINUTE, "bash", "-c", busy)).processor())
        .hasValueSatisfying(spent -> assertThat(spent).isGreaterThan(Duration.ofMillis(150)));
    assertThat(processes.run(new Command(folder, MINUTE, "sleep", "0.3")).processor())
        .hasValueSatisfying(spent -> assertThat(spent).isLessThan(Duration.ofMillis(100)));
  }

  @Test
  void saysNothingOfTheProcessorTimeOfCommandsThatRanAtOnce() throws Exception {
    var first = new ArrayList<Finished>();
    var other =
        Thread.ofVirtual()
            .start(() -> first.add(processes.run(new Command(folder, MINUTE, "sleep", "0.5"))));
    Thread.sleep(150);
    assertThat(processes.run(new Command(folder, MINUTE, "true")).processor()).isEmpty();
    other.join();
    assertThat(first.getFirst().processor()).isEmpty();
  }

  @Test
  void namesTheProgramThatCannotBeStarted() {
    assertThatThrownBy(() -> processes.run(new Command(folder, MINUTE, "no-such-program")))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("The program `no-such-program` cannot be started in ")
        .hasMessageEndingWith(": No such file or directory.")
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
  void aDaemonWithoutParentAndMarkIsGoneOneSecondAfterTheLimit() throws Exception {
    // Forks twice, leaves its session, clears its environment and ignores SIGTERM: neither descent
    // nor the mark leads to it.
    var hiding = DAEMON.replace("setsid bash", "setsid env -i PATH=\"$PATH\" bash") + "sleep 300\n";
    Path pid = folder.resolve("pid");
    var adopting = new LocalProcesses(Set.of(), Orphans.adopt());
    var watch = Stopwatch.started();
    var gone = new ArrayList<Duration>();
    Thread watcher =
        Thread.ofPlatform()
            .start(
                () -> {
                  awaitFile(pid);
                  while (isRunning(pid)) {
                    pause();
                  }
                  gone.add(watch.elapsed());
                });
    Finished finished = adopting.run(bash(Duration.ofSeconds(2), hiding, pid));
    assertThat(watcher.join(Duration.ofSeconds(10))).isTrue();
    assertThat(finished.end()).isEqualTo(Finished.End.TIMED_OUT);
    // A busy machine notices the limit late; from then on it takes a second at most.
    Duration after = gone.getFirst().minus(finished.duration());
    assertThat(after).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void orphansOfACommandAreEndedOnlyWhenNoOtherRuns() throws Exception {
    var hiding = DAEMON.replace("setsid bash", "setsid env -i PATH=\"$PATH\" bash");
    Path first = folder.resolve("first");
    var adopting = new LocalProcesses(Set.of(), Orphans.adopt());
    Thread longer =
        Thread.ofPlatform()
            .start(
                () ->
                    adopting.run(
                        bash(MINUTE, hiding + "until [ -e end ]; do sleep 0.1; done", first)));
    awaitFile(first);
    adopting.run(new Command(folder, MINUTE, "true"));
    assertThat(isRunning(first)).isTrue();
    Files.createFile(folder.resolve("end"));
    assertThat(longer.join(Duration.ofSeconds(20))).isTrue();
    assertThat(isRunning(first)).isFalse();
  }

  @Test
  void aGigabyteOfOutputFitsIntoASmallHeap() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Finished finished =
        processes.run(
            new Command(
                folder,
                Duration.ofMinutes(5),
                java,
                "-Xmx48m",
                "-cp",
                System.getProperty("java.class.path"),
                LoudCommand.class.getName()));
    assertThat(finished.output()).contains("1000000000 bytes").doesNotContain("OutOfMemory");
  }

  @Test
  void takesSecretsOutOfTextLinesAndLog() throws Exception {
    Path log = folder.resolve("log");
    List<String> script =
        List.of("bash", "-c", "env | grep TOKEN; printf hf_ab; sleep 0.2; echo cdef-9");
    var seen = new ArrayList<String>();
    Finished finished =
        processes.run(
            new Command(
                script, folder, Map.of("HF_TOKEN", "hf_abcdef-9"), MINUTE, Optional.of(log)),
            seen::add);
    assertThat(finished.output()).isEqualTo("HF_TOKEN=[hidden]\n[hidden]\n");
    assertThat(seen).containsExactly("HF_TOKEN=[hidden]", "[hidden]");
    assertThat(log).hasContent("HF_TOKEN=[hidden]\n[hidden]\n");
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

  private static void awaitFile(Path pid) {
    while (!Files.exists(pid)) {
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isRunning(Path pidFile) {
    try {
      Path stat = Path.of("/proc", Files.readString(pidFile).strip(), "stat");
      return Files.exists(stat) && !Files.readString(stat).matches("(?s).*\\) Z .*");
    } catch (NoSuchFileException e) {
      // Gone between the two looks.
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
