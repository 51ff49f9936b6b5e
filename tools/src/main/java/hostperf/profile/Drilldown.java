package hostperf.profile;

import hostperf.catalog.HotFunction;
import hostperf.catalog.TargetMap;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.ProfileReport;
import hostperf.source.Call;
import hostperf.source.Callees;
import hostperf.source.Modules;
import hostperf.source.Node;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import hostperf.source.Statements;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds where a profile ends too early: functions that spend most of their time in one call whose
/// inside was not profiled.
public final class Drilldown {
  /// From the published skill of TensorRT-LLM: over 80% of a function in one line means that the
  /// cost lies in what the line calls.
  static final double SHARE = 0.8;

  /// A call below a tenth of the step is not worth another profile.
  private static final double WORTHWHILE = 0.1;

  private final Sources sources;
  private final TargetMap target;
  private final Callees calls;

  /// @param target where candidates for calls come from that the source does not resolve
  public Drilldown(Sources sources, TargetMap target) {
    this(sources, target, Map.of());
  }

  private Drilldown(Sources sources, TargetMap target, Map<String, String> modules) {
    this.sources = sources;
    this.target = target;
    this.calls = new Callees(new Modules(sources, modules));
  }

  /// The same with the module names that an interpreter told, by file.
  public Drilldown knowing(Map<String, String> modules) {
    var relative = new HashMap<String, String>();
    modules.forEach(
        (file, name) -> {
          var path = Path.of(file);
          if (path.startsWith(sources.root())) {
            relative.put(sources.root().relativize(path).toString().replace('\\', '/'), name);
          }
        });
    return relative.isEmpty() ? this : new Drilldown(sources, target, relative);
  }

  /// The calls to profile next; functions that the report has already are no target.
  public List<Drill> drills(ProfileReport report) {
    List<Drill> drills = new ArrayList<>();
    for (FunctionProfile profile : report.functions()) {
      sources
          .file(profile.file())
          .flatMap(file -> file.functionAt(profile.line()))
          .ifPresent(function -> drills.addAll(drills(profile, function, report)));
    }
    return drills;
  }

  /// Calls worth looking into although no single line holds its function's time: those that take a
  /// tenth of the longest function, are resolved, and whose inside is not in the report.
  public List<Drill> deeper(ProfileReport report) {
    double whole =
        report.functions().stream().mapToDouble(FunctionProfile::seconds).max().orElse(0);
    List<Drill> found = new ArrayList<>();
    for (FunctionProfile profile : report.functions()) {
      var function = sources.file(profile.file()).flatMap(file -> file.functionAt(profile.line()));
      if (function.isPresent()) {
        profile.lines().stream()
            .filter(line -> line.seconds() >= WORTHWHILE * whole)
            .forEach(line -> found.addAll(resolved(line, profile, function.get(), report)));
      }
    }
    return found.stream().distinct().toList();
  }

  private List<Drill> resolved(
      LineCost line, FunctionProfile profile, PythonFunction function, ProfileReport report) {
    return function
        .statementAt(line.line())
        .map(statement -> drills(statement, share(statement, profile), function, report))
        .orElse(List.of())
        .stream()
        .filter(drill -> drill.target().isPresent())
        .toList();
  }

  private List<Drill> drills(
      FunctionProfile profile, PythonFunction function, ProfileReport report) {
    Optional<LineCost> worst =
        profile.lines().stream().max(Comparator.comparingDouble(LineCost::seconds));
    Optional<Node> statement = worst.flatMap(line -> function.statementAt(line.line()));
    if (statement.isEmpty()) {
      return List.of();
    }
    double share = share(statement.get(), profile);
    return share > SHARE ? drills(statement.get(), share, function, report) : List.of();
  }

  /// Of the function's time, in all of the statement's own lines.
  private static double share(Node statement, FunctionProfile profile) {
    var lines = Statements.header(statement);
    double seconds =
        profile.lines().stream()
            .filter(line -> lines.covers(line.line()))
            .mapToDouble(LineCost::seconds)
            .sum();
    return profile.seconds() == 0 ? 0 : seconds / profile.seconds();
  }

  private List<Drill> drills(
      Node statement, double share, PythonFunction function, ProfileReport report) {
    List<Drill> resolved = new ArrayList<>();
    List<Drill> unresolved = new ArrayList<>();
    for (Call call :
        Statements.own(statement).stream().flatMap(n -> Call.of(n).stream()).toList()) {
      List<PythonFunction> callees = calls.callees(call, function);
      if (callees.stream().anyMatch(found -> isProfiled(found, report))) {
        // The time lies in a function whose own lines are in the report.
        return List.of();
      }
      callees.forEach(callee -> resolved.add(drill(call, function, share, resolved(callee))));
      if (callees.isEmpty() && !Builtins.isOne(call, function)) {
        unresolved.add(drill(call, function, share, unresolved(call)));
      }
    }
    return resolved.isEmpty() ? unresolved : resolved;
  }

  private static Drill drill(Call call, PythonFunction in, double share, Drill.Found found) {
    return new Drill(in.qualifiedName(), call.node().line(), share, shown(call), found);
  }

  /// On one line, and without arguments, as in `Attempt(…).run`.
  private static String shown(Call call) {
    var callee = call.callee().replaceAll("\\s+", " ");
    int open = callee.indexOf('(');
    int close = callee.lastIndexOf(')');
    return open < 0 || close <= open + 1
        ? callee
        : callee.substring(0, open + 1) + "…" + callee.substring(close);
  }

  private Drill.Found resolved(PythonFunction function) {
    if (function.node().ancestor("function_definition").isPresent()) {
      return new Drill.Found.Unresolved(
          "it is defined inside a function, so the profiler cannot find it by a name", List.of());
    }
    Path file = sources.root().resolve(function.file().path());
    return new Drill.Found.Resolved(
        calls.target(function),
        function.file().path(),
        function.line(),
        CompiledTwin.of(file).map(twin -> sources.root().relativize(twin).toString()));
  }

  private Drill.Found unresolved(Call call) {
    List<String> candidates =
        target.candidates(call.name()).stream().map(HotFunction::name).toList();
    String reason =
        call.receiver().isPresent()
            ? "the source does not tell the class of `" + call.receiver().get().text() + "`"
            : "`" + call.name() + "` is not defined in the checkout";
    return new Drill.Found.Unresolved(reason, candidates);
  }

  private boolean isProfiled(PythonFunction function, ProfileReport report) {
    return report.functions().stream()
        .filter(profile -> function.covers(profile.line()))
        .anyMatch(
            profile ->
                sources
                    .file(profile.file())
                    .map(PythonFile::path)
                    .filter(function.file().path()::equals)
                    .isPresent());
  }
}
