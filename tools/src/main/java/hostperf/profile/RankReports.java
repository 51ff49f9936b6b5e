package hostperf.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reports of a workload that profiles itself.
///
/// TensorRT-LLM's ranks all open the path they are given for writing, and the last writer wins. So
/// a workload with several ranks adds something to the path for each (`….rank0`); every file that
/// begins with the path belongs to the launch.
///
/// @param prefix the given path without its `.txt`
record RankReports(Path prefix) implements Reports {
  private static final Pattern LAST_NUMBER = Pattern.compile("(\\d+)(?=\\D*$)");

  @Override
  public Launch.ProfileFiles collected() {
    String start = prefix.getFileName() + ".";
    List<Path> files = ProfileFiles.after(prefix);
    return new Launch.ProfileFiles(
        files,
        missing(start, files),
        List.of(),
        remarks(files),
        List.of(),
        Map.of(),
        RootCalls.NONE);
  }

  /// Ranks between 0 and the highest one seen.
  private static List<String> missing(String start, List<Path> files) {
    var ranks = new TreeSet<Integer>();
    for (Path file : files) {
      rank(file.getFileName().toString().substring(start.length())).ifPresent(ranks::add);
    }
    List<String> missing = new ArrayList<>();
    for (int rank = 0; !ranks.isEmpty() && rank < ranks.last(); rank++) {
      if (!ranks.contains(rank)) {
        missing.add("rank " + rank + " wrote no report");
      }
    }
    return missing;
  }

  private static Optional<Integer> rank(String rest) {
    Matcher matcher = LAST_NUMBER.matcher(rest);
    return matcher.find() && matcher.group().length() < 7
        ? Optional.of(Integer.valueOf(matcher.group()))
        : Optional.empty();
  }

  private static List<String> remarks(List<Path> files) {
    return files.size() == 1
        ? List.of(
            "One report: were there several ranks, each has overwritten the one before; let each"
                + " add its rank to TLLM_LINE_PROFILER_PATH.")
        : List.of();
  }
}
