package hostperf;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// Arrows between packages point one way, and what touches the machine stays in `host`.
class ArrowsTest {
  /// Lowest first; a package may use those of its own row and of the rows above it.
  private static final List<Set<String>> ROWS =
      List.of(
          Set.of("hostperf"),
          Set.of("hostperf.seal"),
          Set.of(
              "hostperf.host",
              "hostperf.catalog",
              "hostperf.source",
              "hostperf.patch",
              "hostperf.trace.sqlite"),
          Set.of(
              "hostperf.audit",
              "hostperf.execution",
              "hostperf.metric",
              "hostperf.python",
              "hostperf.repository",
              "hostperf.trace.read"),
          Set.of("hostperf.trace.steps", "hostperf.trace.timeline"),
          Set.of("hostperf.trace.analyse"),
          Set.of("hostperf.trace.answer"),
          Set.of("hostperf.stacks", "hostperf.fact"),
          Set.of("hostperf.lines"),
          Set.of("hostperf.profile"),
          Set.of(
              "hostperf.classify",
              "hostperf.classify.facts",
              "hostperf.unittest",
              "hostperf.prove",
              "hostperf.trace.lines"),
          Set.of("hostperf.score"),
          Set.of("hostperf.propose", "hostperf.propose.draft", "hostperf.approval"),
          Set.of("hostperf.verdict"),
          Set.of("hostperf.measure", "hostperf.measure.touched", "hostperf.behaviour"),
          Set.of("hostperf.measure.swap"),
          Set.of("hostperf.configuration"),
          Set.of("hostperf.journal"),
          Set.of("hostperf.job"),
          Set.of("hostperf.doctor", "hostperf.run", "hostperf.run.sampling"),
          Set.of("hostperf.agent", "hostperf.report", "hostperf.report.run"),
          Set.of("hostperf.tool"));

  /// A row's number, a package of it and its job, in a line of the architecture page's table.
  private static final Pattern JOB =
      Pattern.compile("(?m)^\\| (?<row>\\d+) \\| `(?<package>[a-z.]+)` \\| [^|]{20,} \\|$");

  private static final Pattern SERVER_JOB =
      Pattern.compile("(?m)^\\| `(?<package>server[a-z/]*)` \\| [^|]{20,} \\|$");

  @Test
  void pointsArrowsOneWay() throws IOException {
    var wrong = new TreeSet<String>();
    uses()
        .forEach(
            (from, targets) ->
                targets.stream()
                    .filter(to -> row(to) > row(from))
                    .forEach(to -> wrong.add(from + " → " + to)));
    assertThat(wrong).isEmpty();
  }

  @Test
  void hasNoCycleBetweenPackages() throws IOException {
    var uses = uses();
    var cycles = new TreeSet<String>();
    for (var from : uses.keySet()) {
      for (var to : reached(uses, from)) {
        if (!to.equals(from) && reached(uses, to).contains(from) && from.compareTo(to) < 0) {
          cycles.add(from + " ⇄ " + to);
        }
      }
    }
    // Answers hold what reports render, and reports render answers.
    cycles.remove("hostperf.agent ⇄ hostperf.report");
    assertThat(cycles).isEmpty();
  }

  /// Packages stand on the page without `hostperf.`, row 1 is the lowest.
  @Test
  void isWhatTheArchitecturePageSays() throws IOException {
    var page = Files.readString(Golden.root().resolve("docs/architecture.md"));
    var onPage = new TreeMap<Integer, Set<String>>();
    for (var job : JOB.matcher(page).results().toList()) {
      onPage
          .computeIfAbsent(Integer.valueOf(job.group("row")), _ -> new TreeSet<>())
          .add(job.group("package"));
    }
    var here = new TreeMap<Integer, Set<String>>();
    for (int row = 0; row < ROWS.size(); row++) {
      here.put(
          row + 1,
          ROWS.get(row).stream().map(ArrowsTest::onPage).collect(toCollection(TreeSet::new)));
    }
    assertThat(onPage).as("the table of packages in docs/architecture.md").isEqualTo(here);
    assertThat(uses().keySet())
        .containsExactlyInAnyOrderElementsOf(ROWS.stream().flatMap(Set::stream).toList());
  }

  @Test
  void hasEveryServerPackageOnTheArchitecturePage() throws IOException {
    var page = Files.readString(Golden.root().resolve("docs/architecture.md"));
    var sources = Golden.root().resolve("server/src/main/java/hostperf");
    try (Stream<Path> folders = Files.walk(sources)) {
      assertThat(SERVER_JOB.matcher(page).results().map(job -> job.group("package")))
          .containsExactlyInAnyOrderElementsOf(
              folders
                  .filter(f -> Files.exists(f.resolve("package-info.java")))
                  .map(f -> sources.relativize(f).toString())
                  .toList());
    }
  }

  private static String onPage(String name) {
    return name.equals("hostperf") ? name : name.substring("hostperf.".length());
  }

  @Test
  void startsProcessesAndReadsTheClockInHostOnly() throws IOException {
    var offenders = new TreeSet<String>();
    for (var model : classes()) {
      boolean touches =
          pool(model)
              .anyMatch(
                  e ->
                      (e instanceof ClassEntry c
                              && c.asInternalName().equals("java/lang/ProcessBuilder"))
                          || (e instanceof MemberRefEntry m
                              && m.name().equalsString("nanoTime")
                              && m.owner().asInternalName().equals("java/lang/System")));
      if (touches && !packageOf(model.thisClass().asInternalName()).equals("hostperf.host")) {
        offenders.add(model.thisClass().asInternalName());
      }
    }
    assertThat(offenders).isEmpty();
  }

  @Test
  void keepsTheProtocolOutOfTheDomain() throws IOException {
    var strangers =
        classes().stream()
            .filter(
                m ->
                    pool(m)
                        .anyMatch(
                            e ->
                                e instanceof ClassEntry c
                                    && c.asInternalName().startsWith("io/modelcontextprotocol")))
            .toList();
    assertThat(strangers).isEmpty();
  }

  private static int row(String name) {
    for (int i = 0; i < ROWS.size(); i++) {
      if (ROWS.get(i).contains(name)) {
        return i;
      }
    }
    throw new AssertionError(name + " is in no row of ArrowsTest: say where it belongs");
  }

  private static Set<String> reached(Map<String, Set<String>> uses, String from) {
    var seen = new HashSet<String>();
    var open = new ArrayDeque<>(uses.getOrDefault(from, Set.of()));
    while (!open.isEmpty()) {
      var next = open.pop();
      if (seen.add(next)) {
        open.addAll(uses.getOrDefault(next, Set.of()));
      }
    }
    return seen;
  }

  private static Map<String, Set<String>> uses() throws IOException {
    var uses = new TreeMap<String, Set<String>>();
    for (var model : classes()) {
      var from = packageOf(model.thisClass().asInternalName());
      var targets = uses.computeIfAbsent(from, _ -> new TreeSet<>());
      pool(model)
          .filter(e -> e instanceof ClassEntry)
          .map(e -> packageOf(((ClassEntry) e).asInternalName().replaceFirst("^\\[+L?", "")))
          .filter(p -> p.startsWith("hostperf") && !p.equals(from))
          .forEach(targets::add);
    }
    return uses;
  }

  private static Stream<PoolEntry> pool(ClassModel model) {
    return StreamSupport.stream(model.constantPool().spliterator(), false);
  }

  private static String packageOf(String internalName) {
    int slash = internalName.lastIndexOf('/');
    return slash < 0 ? "" : internalName.substring(0, slash).replace('/', '.');
  }

  private static List<ClassModel> classes() throws IOException {
    try (Stream<Path> files = Files.walk(Golden.root().resolve("tools/target/classes/hostperf"))) {
      return files
          .filter(f -> f.toString().endsWith(".class"))
          .filter(f -> !f.endsWith("package-info.class"))
          .map(ArrowsTest::parse)
          .toList();
    }
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
