package hostperf.lines;

import hostperf.Refusal;
import hostperf.host.TerminalEscapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The reports of one file, which may be a log: each line may stand behind a prefix, and reports of
/// several processes may be mixed line by line. The line `Timer unit: …` shows a report's prefix;
/// each prefix has a parser of its own. Lines with none of the known prefixes are no report's.
final class LoggedReports {
  private static final Pattern BEGIN = Pattern.compile("(.*?)Timer unit: [0-9.eE+-]+ s\\s*");

  private final Path file;
  private final ReportSink sink;
  private final List<Source> sources = new ArrayList<>();

  private record Source(LogPrefix prefix, ReportParser parser) {}

  LoggedReports(Path file, ReportSink sink) {
    this.file = file;
    this.sink = sink;
    sources.add(new Source(LogPrefix.of(""), new ReportParser(file, sink)));
  }

  void accept(long number, String raw) {
    String shown = TerminalEscapes.without(raw);
    // A progress bar before it is overwritten.
    String line = shown.substring(shown.lastIndexOf('\r') + 1);
    Matcher begin = BEGIN.matcher(line);
    if (begin.matches()) {
      String prefix = begin.group(1);
      open(LogPrefix.of(prefix));
      ReportParser bare = sources.getFirst().parser();
      if (!prefix.isEmpty() && !bare.sawReport()) {
        // A logger may put its prefix before a message's first line alone.
        bare.accept(number, line.substring(prefix.length()));
      }
    }
    Optional<Source> owner = owner(line);
    owner.ifPresent(s -> s.parser().accept(number, s.prefix().off(line).orElse("")));
  }

  private void open(LogPrefix prefix) {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).prefix().isLike(prefix)) {
        sources.set(i, new Source(prefix, sources.get(i).parser()));
        return;
      }
    }
    sources.add(new Source(prefix, new ReportParser(file, sink)));
  }

  /// The source with the longest prefix that the line has.
  private Optional<Source> owner(String line) {
    Optional<Source> longest = Optional.empty();
    for (Source source : sources) {
      boolean longer =
          longest.map(l -> l.prefix().length() < source.prefix().length()).orElse(true);
      if (longer && source.prefix().off(line).isPresent()) {
        longest = Optional.of(source);
      }
    }
    return longest;
  }

  void end(long number) {
    List<ReportParser> parsers = sources.stream().map(Source::parser).toList();
    parsers.forEach(parser -> parser.end(number));
    if (parsers.stream().noneMatch(ReportParser::sawReport)) {
      throw new Refusal(
          file
              + " is not a report of line_profiler: none of its "
              + number
              + " lines is `Timer unit: … s`.",
          "Give the text that `python3 -m line_profiler`, `kernprof -v` or"
              + " TLLM_LINE_PROFILER_PATH writes.");
    }
    int summaries = parsers.stream().mapToInt(ReportParser::summaries).sum();
    if (summaries > 0 && parsers.stream().noneMatch(ReportParser::sawDetails)) {
      throw new Refusal(
          "%s holds only the summary of line_profiler: the totals of %d functions, none of their lines."
              .formatted(file, summaries),
          "Ask for the details with `python3 -m line_profiler profile_output.lprof`, or give that"
              + " file or the profile_output.txt beside it.");
    }
  }
}
