package hostperf.audit;

import hostperf.patch.FileChange;
import hostperf.source.PythonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathSuffixFilter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// How many changes that engineers made the audit would ask a person about, and how many of the
/// hostile patches. Prints tables for `bench/audit/README.md`. Not a test: `bench/audit/run`.
public final class AuditBench {
  private final Map<Path, Repository> open = new HashMap<>();
  private final List<Judged> judged = new ArrayList<>();
  private final boolean verbose;
  private int missing;

  private AuditBench(boolean verbose) {
    this.verbose = verbose;
  }

  /// @param everywhere findings in the whole file
  /// @param inside those in the function that the case is about
  private record Judged(String id, boolean tuned, List<Finding> everywhere, List<Finding> inside) {}

  /// Arguments: `[-v] SOURCES CASES…`, or `[-v] --pairs DIR…` with folders of `before.py` and
  /// `after.py`.
  public static void main(String[] arguments) throws IOException {
    var given = new ArrayList<>(List.of(arguments));
    var bench = new AuditBench(given.remove("-v"));
    if (!given.isEmpty()) {
      bench.all(given);
      bench.print();
    }
    AuditCases.printCaught();
  }

  private void all(List<String> given) throws IOException {
    boolean pairs = given.getFirst().equals("--pairs");
    for (var each : given.subList(1, given.size())) {
      if (pairs) {
        pairs(Path.of(each));
      } else {
        cases(Path.of(given.getFirst()), Path.of(each));
      }
    }
  }

  private void pairs(Path folder) throws IOException {
    try (var found = Files.walk(folder)) {
      for (var before : found.filter(f -> f.endsWith("before.py")).sorted().toList()) {
        judge(
            folder.relativize(before).toString(),
            new FileChange(
                "engine/file.py",
                Files.readString(before),
                Files.readString(before.resolveSibling("after.py"))),
            "",
            Neighbours.NONE);
      }
    }
  }

  private void cases(Path sources, Path cases) throws IOException {
    var json = new ObjectMapper();
    for (var line : Files.readAllLines(cases)) {
      var each = json.readTree(line);
      var file = each.path("file").asString();
      var before = text(sources, each, "parent");
      var after = text(sources, each, "commit");
      if (before.isEmpty() || after.isEmpty()) {
        missing++;
        continue;
      }
      judge(
          each.path("id").asString(),
          new FileChange(file, before.get(), after.get()),
          each.path("function").asString(),
          neighbours(sources, each));
    }
  }

  private Neighbours neighbours(Path sources, JsonNode each) throws IOException {
    var repository = repository(sources, each).orElseThrow();
    var commit = repository.resolve(each.path("parent").asString());
    var blobs = new HashMap<String, ObjectId>();
    try (var walk = new TreeWalk(repository)) {
      walk.addTree(repository.parseCommit(commit).getTree());
      walk.setRecursive(true);
      walk.setFilter(PathSuffixFilter.create(".py"));
      while (walk.next()) {
        blobs.put(walk.getPathString(), walk.getObjectId(0));
      }
    }
    return new Neighbours(
        blobs.keySet(),
        path -> Optional.ofNullable(blobs.get(path)).map(blob -> text(repository, blob)));
  }

  private static String text(Repository repository, ObjectId blob) {
    try {
      return new String(repository.open(blob).getBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void judge(String id, FileChange change, String function, Neighbours neighbours) {
    var findings = Audit.of(List.of(change), AuditCases.METRICS, neighbours);
    var inside = findings.isEmpty() ? findings : inside(findings, change, function);
    var crc = new CRC32();
    crc.update(id.getBytes(StandardCharsets.UTF_8));
    judged.add(new Judged(id, crc.getValue() % 2 == 0, findings, inside));
    if (verbose) {
      findings.forEach(
          f ->
              System.out.printf(
                  "%s %s %s %s %s%n",
                  id,
                  crc.getValue() % 2 == 0 ? "A" : "B",
                  inside.contains(f) ? "in" : "out",
                  f.suspicion(),
                  f.sentence()));
    }
  }

  private static List<Finding> inside(List<Finding> findings, FileChange change, String function) {
    var before = lines(change, change.before(), function);
    var after = lines(change, change.after(), function);
    return findings.stream()
        .filter(f -> (f.side() == Finding.Side.ADDED ? after : before).test(f.line()))
        .toList();
  }

  private static Predicate<Integer> lines(FileChange change, String text, String function) {
    return PythonFile.of(change.path(), text)
        .function(function)
        .<Predicate<Integer>>map(f -> f::covers)
        .orElse(_ -> false);
  }

  private void print() {
    System.out.printf("%d changes, %d more could not be had%n%n", judged.size(), missing);
    System.out.println("| changes | number | flagged in the function | flagged in the file |");
    System.out.println("|---|---|---|---|");
    row("tuned on", j -> j.tuned());
    row("kept apart", j -> !j.tuned());
    row("all", _ -> true);
    System.out.println("\n| suspicion | in the function: tuned on | kept apart | in the file |");
    System.out.println("|---|---|---|---|");
    for (var suspicion : EnumSet.allOf(Suspicion.class)) {
      System.out.printf(
          "| %s | %d | %d | %d |%n",
          suspicion,
          count(j -> j.tuned() && has(j.inside(), suspicion)),
          count(j -> !j.tuned() && has(j.inside(), suspicion)),
          count(j -> has(j.everywhere(), suspicion)));
    }
  }

  private void row(String name, Predicate<Judged> of) {
    long all = count(of);
    long inside = count(of.and(j -> !j.inside().isEmpty()));
    long file = count(of.and(j -> !j.everywhere().isEmpty()));
    System.out.printf(
        "| %s | %d | %d (%.1f %%) | %d (%.1f %%) |%n",
        name, all, inside, 100.0 * inside / all, file, 100.0 * file / all);
  }

  private long count(Predicate<Judged> of) {
    return judged.stream().filter(of).count();
  }

  private static boolean has(List<Finding> findings, Suspicion suspicion) {
    return findings.stream().anyMatch(f -> f.suspicion() == suspicion);
  }

  private Optional<String> text(Path sources, JsonNode each, String version) throws IOException {
    var repository = repository(sources, each);
    if (repository.isEmpty()) {
      return Optional.empty();
    }
    var blob =
        repository
            .get()
            .resolve(each.path(version).asString() + ":" + each.path("file").asString());
    return blob == null ? Optional.empty() : Optional.of(text(repository.get(), blob));
  }

  private Optional<Repository> repository(Path sources, JsonNode each) throws IOException {
    var name = each.path("source").asString();
    var folder =
        List.of(name.replace('/', '+') + "/repo", name.replace('/', '+'), name).stream()
            .map(sources::resolve)
            .filter(Files::isDirectory)
            .findFirst();
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    var repository = open.get(folder.get());
    if (repository == null) {
      var inside = folder.get().resolve(".git");
      repository =
          new FileRepositoryBuilder()
              .setGitDir((Files.exists(inside) ? inside : folder.get()).toFile())
              .setMustExist(true)
              .build();
      open.put(folder.get(), repository);
    }
    return Optional.of(repository);
  }
}
