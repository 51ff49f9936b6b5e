package hostperf.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the ranges of a trace stand for: which function opens one, and which are an engine's steps.
/// Read from `references/trtllm-nvtx-ranges.md` and `references/engine-ranges.md`.
public final class NvtxRanges {
  private static final List<String> PAGES = List.of("trtllm-nvtx-ranges.md", "engine-ranges.md");
  private static final Pattern NUMBER = Pattern.compile("\\{([^}]*)}");
  private static final Pattern WORD = Pattern.compile("[a-z]+(_[a-z]+)+");

  private final Map<String, String> exact;
  private final List<Numbered> numbered;
  private final List<Steps> steps;
  private final List<Setting> settings;

  private record Numbered(Pattern range, String source) {}

  private record Steps(Pattern range, String engine, String named, Set<String> counts) {}

  /// A setting to look at before code.
  ///
  /// @param evidence what in a trace points to it
  public record Setting(String evidence, String engine, String words) {}

  private NvtxRanges(
      Map<String, String> exact,
      List<Numbered> numbered,
      List<Steps> steps,
      List<Setting> settings) {
    this.exact = exact;
    this.numbered = List.copyOf(numbered);
    this.steps = List.copyOf(steps);
    this.settings = List.copyOf(settings);
  }

  /// Reads the rows of the pages' tables. A range and a function, both in backticks: the function
  /// opens the range. A range in backticks, an engine and what to call it: a step. A `{…}` in a
  /// range stands for a number.
  ///
  /// @param references the folder `references/`
  public static NvtxRanges read(Path references) {
    var exact = new LinkedHashMap<String, String>();
    var numbered = new ArrayList<Numbered>();
    var steps = new ArrayList<Steps>();
    var settings = new ArrayList<Setting>();
    for (String page : PAGES) {
      for (var row : Page.read(references.resolve(page)).rows()) {
        if (row.size() == 3 && isCode(row.get(0)) && !isCode(row.get(1)) && isCode(row.get(2))) {
          steps.add(step(code(row.get(0)), row.get(1), code(row.get(2))));
        } else if (row.size() == 3 && WORD.matcher(row.get(0)).matches()) {
          settings.add(new Setting(row.get(0), row.get(1), row.get(2)));
        } else if (row.size() >= 2 && isCode(row.get(0)) && isCode(row.get(1))) {
          var range = code(row.get(0));
          if (NUMBER.matcher(range).find()) {
            numbered.add(new Numbered(pattern(range, "\\d+"), code(row.get(1))));
          } else {
            exact.put(range, code(row.get(1)));
          }
        }
      }
    }
    return new NvtxRanges(exact, numbered, steps, settings);
  }

  private static Steps step(String range, String engine, String named) {
    var counts = NUMBER.matcher(range).results().map(m -> m.group(1)).collect(Collectors.toSet());
    return new Steps(pattern(range, "(\\d{1,18})"), engine, named, counts);
  }

  /// The function that opens a range, as the profiler takes it; empty for a range not on the pages.
  ///
  /// @param rangeName the whole name: `update_requests` and `_update_requests` are two ranges
  public Optional<String> sourceOf(String rangeName) {
    var source = exact.get(rangeName);
    return source != null
        ? Optional.of(source)
        : numbered.stream()
            .filter(n -> n.range().matcher(rangeName).matches())
            .map(Numbered::source)
            .findFirst();
  }

  /// What a range says of the step it encloses; empty where it is no engine's step.
  public Optional<StepRange> step(String rangeName) {
    for (int i = 0; i < steps.size(); i++) {
      Matcher match = steps.get(i).range().matcher(rangeName);
      if (match.lookingAt()) {
        Steps kind = steps.get(i);
        return Optional.of(
            new StepRange(
                kind.engine(),
                kind.named(),
                rank(kind.named()),
                new StepRange.Counts(
                    count(kind, match, "iter"),
                    count(kind, match, "ctx"),
                    count(kind, match, "gen"))));
      }
    }
    return Optional.empty();
  }

  /// Forms of one step range share its name, and so its place.
  private int rank(String named) {
    return steps.stream().map(Steps::named).distinct().toList().indexOf(named);
  }

  private static Optional<Long> count(Steps kind, Matcher match, String name) {
    return kind.counts().contains(name)
        ? Optional.of(Long.parseLong(match.group(name)))
        : Optional.empty();
  }

  /// The settings that a piece of evidence points to.
  ///
  /// @param engine whose settings; those of every engine where it is not known
  public List<Setting> settings(String evidence, Optional<String> engine) {
    return settings.stream()
        .filter(s -> s.evidence().equals(evidence))
        .filter(s -> engine.isEmpty() || s.engine().equals(engine.get()))
        .toList();
  }

  /// All functions on the pages, each once.
  Set<String> sources() {
    return Stream.concat(exact.values().stream(), numbered.stream().map(Numbered::source))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// @param number what a `{…}` stands for; one in parentheses gets the name of the `{…}`
  private static Pattern pattern(String range, String number) {
    var pattern = new StringBuilder();
    int last = 0;
    Matcher placeholder = NUMBER.matcher(range);
    while (placeholder.find()) {
      pattern.append(Pattern.quote(range.substring(last, placeholder.start())));
      boolean isNamed = number.startsWith("(\\d") && placeholder.group(1).matches("[a-z]+");
      pattern.append(isNamed ? number.replace("(", "(?<" + placeholder.group(1) + ">") : number);
      last = placeholder.end();
    }
    return Pattern.compile(pattern.append(Pattern.quote(range.substring(last))).toString());
  }

  private static boolean isCode(String cell) {
    return cell.length() > 2 && cell.startsWith("`") && cell.indexOf('`', 1) == cell.length() - 1;
  }

  private static String code(String cell) {
    return cell.substring(1, cell.length() - 1);
  }
}
