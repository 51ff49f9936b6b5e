package hostperf.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hostperf.Golden;
import hostperf.Refusal;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineProfileReaderTest {
  private static final String HEADER =
      """
      Line #      Hits         Time  Per Hit   % Time  Line Contents
      ==============================================================
      """;
  /// Times are products of decimal fractions, so their last bits are no matter.
  private static final RecursiveComparisonConfiguration NEARLY =
      RecursiveComparisonConfiguration.builder()
          .withComparatorForType(new DoubleComparator(1e-12), Double.class)
          .build();

  @TempDir Path temp;

  @Test
  void readsNamesHitsAndSecondsOfDebiansRelease() {
    FunctionProfile schedule = function(resource("debian-4.0.2.txt"), "schedule");

    assertThat(schedule.file()).isEqualTo("/srv/app/t.py");
    assertThat(schedule.line()).isEqualTo(9);
    assertThat(schedule.calls()).isEqualTo(300);
    assertThat(schedule.lines())
        .usingRecursiveFieldByFieldElementComparator(NEARLY)
        .contains(
            new LineCost(12, 300_000, 52613757e-9, "            out.append(math.sqrt(x))"),
            new LineCost(14, 0, 0, "            print(\"née ∑\")"));
  }

  @Test
  void keepsAFunctionWhoseFileCouldNotBeFound() {
    FunctionProfile ghost = resource("debian-4.0.2.txt").functions().getFirst();

    assertThat(ghost.file()).isEqualTo("/nonexistent/x.py");
    assertThat(ghost.line()).isEqualTo(1);
    assertThat(ghost.lines())
        .usingRecursiveFieldByFieldElementComparator(NEARLY)
        .contains(new LineCost(2, 1, 381e-9, ""));
  }

  @Test
  void takesTheShareWhereAWholeSecondAsUnitHidesTheTime() {
    FunctionProfile schedule = function(resource("unit-one-second.txt"), "schedule");

    assertThat(schedule.lines().get(3).seconds()).isCloseTo(0.0526, within(0.0001));
  }

  @Test
  void readsTheOldOrderOfTheHead() {
    FunctionProfile proc = function(resource("release-1.0.txt"), "Proc2");

    assertThat(proc.seconds()).isEqualTo(0.606656);
    assertThat(proc.lines()).hasSize(11);
    assertThat(proc.calls()).isEqualTo(50_000);
  }

  @Test
  void readsWideColumnsAndClassesAndEmptyShares() {
    ProfileReport report = resource("release-5.txt");
    FunctionProfile schedule = function(report, "Scheduler.schedule");

    assertThat(schedule.lines())
        .usingRecursiveFieldByFieldElementComparator(NEARLY)
        .contains(
            new LineCost(26, 12_345_678_901L, 4812.5 * 0.649, "        n = len(reqs)  # 每步 ∑"),
            new LineCost(27, 12_400_000_000L, 4812.5 * 0.351, "        return n"));
    assertThat(function(report, "outer.<locals>.<lambda>").lines())
        .containsExactly(new LineCost(7, 3, 0, "    return 12 3.5"));
  }

  @Test
  void readsTimersOfCompiledFunctionsAsTheirOwnRecord() {
    assertThat(resource("release-5.txt").timers())
        .usingRecursiveFieldByFieldElementComparator(NEARLY)
        .containsExactly(
            new FunctionTimer(
                "UnifiedScheduler.schedule_request", 400, 0.81225, 900.125e-6, 9000.5e-6, 2),
            new FunctionTimer("scheduler::fits", 7, 1e-6, 0.1e-6, 0.2e-6, 0));
  }

  @Test
  void addsUpReportsThatFollowOneAnother() throws IOException {
    String once = Files.readString(path("debian-4.0.2.txt"));
    ProfileReport twice = LineProfileReader.read(write(once + once.replace("\n", "\r\n")));

    assertThat(twice.functions()).hasSize(5);
    FunctionProfile schedule = function(twice, "schedule");
    assertThat(schedule.calls()).isEqualTo(600);
    assertThat(schedule.seconds()).isCloseTo(2 * 0.0792854, within(1e-9));
  }

  @Test
  void refusesAFileThatIsNoReport() throws IOException {
    refuses("hello\nworld\n", "none of its 2 lines is `Timer unit: … s`");
  }

  @Test
  void refusesAnEmptyFileAndAPickledOne() throws IOException {
    refuses("", "is empty");
    Path pickled = temp.resolve("x.lprof");
    Files.write(pickled, new byte[] {(byte) 0x80, 4, 'x'});
    assertThatThrownBy(() -> LineProfileReader.read(pickled))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.next()).contains("-m line_profiler"));
  }

  @Test
  void refusesADamagedRowWithItsLine() throws IOException {
    String head = "Timer unit: 1 s\n\nTotal time: 1 s\nFile: a.py\nFunction: f at line 1\n\n";
    refuses(head + HEADER + "     1 garbage\n", "line 9: found `     1 garbage`, expected a row");
    refuses(head + HEADER + "     2        10       9", "line 9");
    refuses(head, "line 6: found the end of the file");
    refuses("Timer unit: soon\n", "line 1: found `Timer unit: soon`, expected `Timer unit: 1e-09");
    refuses("Total time: 1 s\n", "expected `Timer unit: … s` before the first function");
  }

  @Test
  void keepsOfALongFileWhatIsDifferentInIt() throws IOException {
    String report = Files.readString(path("debian-4.0.2.txt"));
    Path file = temp.resolve("big.txt");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("x".repeat(3_000_000) + "\n");
      for (int i = 0; i < 1_000; i++) {
        writer.write(report);
      }
    }
    assertThat(function(LineProfileReader.read(file), "schedule").calls()).isEqualTo(300_000);
  }

  private void refuses(String text, String why) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> LineProfileReader.read(file))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(why);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(temp.resolve("report.txt"), text);
  }

  private static Path path(String name) {
    return Golden.root().resolve("tools/src/test/resources/profile").resolve(name);
  }

  private static ProfileReport resource(String name) {
    return LineProfileReader.read(path(name));
  }

  private static FunctionProfile function(ProfileReport report, String name) {
    List<FunctionProfile> found =
        report.functions().stream().filter(f -> f.name().equals(name)).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
