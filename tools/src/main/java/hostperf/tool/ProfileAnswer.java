package hostperf.tool;

import hostperf.agent.Next;
import hostperf.agent.Profiled;
import hostperf.agent.Profiled.DrilldownRow;
import hostperf.agent.Profiled.MetricRow;
import hostperf.journal.ProfileRecord;
import hostperf.profile.Observed;
import hostperf.profile.Pass;
import hostperf.profile.Passes;
import hostperf.profile.Slowdowns;
import hostperf.source.Sources;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The answer on a profile, one form for the tool and the command.
public final class ProfileAnswer {
  /// More are named by their folders.
  private static final int MOST_FILES = 6;

  private ProfileAnswer() {}

  /// Of a command, or of profiles that exist; empty where the passes saw no Python code.
  public static Optional<Profiled> of(Passes.Result result, Sources sources) {
    var observed = Observed.of(result, sources);
    return observed.ranking().isEmpty() && observed.lines().functions().isEmpty()
        ? Optional.empty()
        : Optional.of(
            answer(
                observed,
                sources,
                Optional.empty(),
                spelled(Slowdowns.of(result)),
                result.remarks(),
                result.files().stream().map(Path::toString).toList(),
                List.of()));
  }

  /// Of a profile that a run keeps.
  static Profiled of(ProfileRecord record, Sources sources, List<Next> next) {
    return answer(
        record.observed(),
        sources,
        Optional.of(record),
        spelled(record.figures().slowdowns()),
        record.remarks(),
        record.files(),
        next);
  }

  private static Profiled answer(
      Observed observed,
      Sources sources,
      Optional<ProfileRecord> record,
      Map<String, Double> distortion,
      List<String> remarks,
      List<String> files,
      List<Next> next) {
    var rows = new ProfileRows(observed, sources);
    var callees = rows.callees();
    var functions = new FunctionRows(observed, sources);
    var facts = new FactRows(observed, sources).of(functions.lines().all());
    var threads = rows.threads();
    return new Profiled(
        record.map(ProfileRecord::profileId),
        record.map(ProfileRecord::suffix),
        rows.root(),
        functions.tree(),
        functions.treeHidden(),
        functions.functions(),
        functions.functionsTotal(),
        functions.linesTotal(),
        callees.stream().limit(ProfileRows.MOST_CALLEES).toList(),
        callees.size(),
        facts.stream().limit(FactRows.MOST).toList(),
        facts.size(),
        rows.outside(),
        threads.stream().limit(ProfileRows.MOST_THREADS).toList(),
        threads.size(),
        rows.ranks(),
        rows.ranksTotal(),
        rows.differences(),
        rows.factDifferences(),
        record.map(ProfileAnswer::drills).orElse(List.of()),
        observed.coverage(),
        record.map(ProfileAnswer::metrics).orElse(List.of()),
        distortion,
        observed.facts().without(),
        remarks.stream().distinct().toList(),
        shown(files),
        next);
  }

  private static List<DrilldownRow> drills(ProfileRecord record) {
    return record.drilldown().stream()
        .map(d -> new DrilldownRow(d.function(), d.line(), d.share(), d.callee(), d.target()))
        .toList();
  }

  private static List<MetricRow> metrics(ProfileRecord record) {
    return record.figures().metrics().stream()
        .map(m -> new MetricRow(m.name(), m.value(), m.unit()))
        .toList();
  }

  private static Map<String, Double> spelled(Map<Pass, Double> slowdowns) {
    var byName = new LinkedHashMap<String, Double>();
    slowdowns.forEach((pass, times) -> byName.put(AnalysisRows.spelled(pass), times));
    return byName;
  }

  private static List<String> shown(List<String> files) {
    return files.size() <= MOST_FILES
        ? files
        : files.stream().map(file -> Path.of(file).resolveSibling("") + "/").distinct().toList();
  }
}
