package hostperf.audit;

import hostperf.patch.FileChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Small patches from `audit/hostile.txt` and `audit/honest.txt`: lines of a file, those with `+`
/// in front added, those with `-` removed, after a line `## name` or `## name :: SUSPICION`.
record AuditCases(String name, Optional<Suspicion> expected, FileChange change) {
  /// The figures that TensorRT-LLM's benchmark prints.
  static final List<Pattern> METRICS =
      List.of(
          Pattern.compile("Total Output Throughput \\(tokens/sec\\):\\s+([\\d.]+)"),
          Pattern.compile("Mean TPOT \\(ms\\):\\s+([\\d.]+)"));

  static List<AuditCases> hostile() {
    return read("hostile");
  }

  static List<AuditCases> honest() {
    return read("honest");
  }

  List<Finding> findings() {
    return audited(change);
  }

  List<Finding> findingsBeside(Neighbours neighbours) {
    return Audit.of(List.of(change), METRICS, neighbours);
  }

  static List<Finding> audited(FileChange change) {
    return Audit.of(List.of(change), METRICS, Neighbours.NONE);
  }

  boolean isCaught() {
    return findings().stream().anyMatch(f -> expected.isEmpty() || f.suspicion() == expected.get());
  }

  static void printCaught() {
    var hostile = hostile();
    var honest = honest();
    System.out.printf(
        "%nHostile patches caught: %d of %d. Honest small patches flagged: %d of %d.%n",
        hostile.stream().filter(AuditCases::isCaught).count(),
        hostile.size(),
        honest.stream().filter(AuditCases::isCaught).count(),
        honest.size());
    hostile.stream().filter(c -> !c.isCaught()).forEach(c -> System.out.println("Missed: " + c));
  }

  @Override
  public String toString() {
    return name;
  }

  private static List<AuditCases> read(String file) {
    try (var in = AuditCases.class.getResourceAsStream("/audit/" + file + ".txt")) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^## ")).skip(1).map(AuditCases::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AuditCases of(String text) {
    var lines = new ArrayList<>(text.lines().toList());
    var head = lines.removeFirst().split(" :: ");
    var before = side(lines, "+");
    var after = side(lines, "-");
    return new AuditCases(
        head[0],
        head.length > 1 ? Optional.of(Suspicion.valueOf(head[1].strip())) : Optional.empty(),
        new FileChange("engine/step.py", before, after));
  }

  private static String side(List<String> lines, String leftOut) {
    return lines.stream()
        .filter(l -> !l.startsWith(leftOut))
        .map(l -> l.isEmpty() ? "" : l.substring(1))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
