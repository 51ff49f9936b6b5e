package hostperf.trace.analyse;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The rank in the name of a trace: `trace.rank3.sqlite`, `1764-TP-0.trace.json.gz`.
final class RankInName {
  private static final Pattern RANK =
      Pattern.compile("(?:^|[^a-z])(?:rank|tp)[-_.=]?(\\d{1,6})(?!\\d)", Pattern.CASE_INSENSITIVE);

  private RankInName() {}

  static Optional<Integer> of(Path file) {
    var match = RANK.matcher(file.getFileName().toString());
    return match.find() ? Optional.of(Integer.parseInt(match.group(1))) : Optional.empty();
  }
}
