package hostperf.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which function a range of a trace comes from, read from `references/trtllm-nvtx-ranges.md`.
public final class NvtxRanges {
  private static final String PAGE = "trtllm-nvtx-ranges.md";
  private static final Pattern NUMBER = Pattern.compile("\\{[^}]*}");

  private final Map<String, String> exact;
  private final List<Numbered> numbered;

  private NvtxRanges(Map<String, String> exact, List<Numbered> numbered) {
    this.exact = exact;
    this.numbered = numbered;
  }

  /// Reads every row of the page's tables whose first cell is a range and whose second is a
  /// function, both in backticks. A `{…}` in a range stands for a number.
  ///
  /// @param references the folder `references/`
  public static NvtxRanges read(Path references) {
    var exact = new LinkedHashMap<String, String>();
    var numbered = new ArrayList<Numbered>();
    for (var row : Page.read(references.resolve(PAGE)).rows()) {
      if (row.size() < 2 || !isCode(row.get(0)) || !isCode(row.get(1))) {
        continue;
      }
      var range = code(row.get(0));
      if (NUMBER.matcher(range).find()) {
        numbered.add(new Numbered(withNumbers(range), code(row.get(1))));
      } else {
        exact.put(range, code(row.get(1)));
      }
    }
    return new NvtxRanges(exact, List.copyOf(numbered));
  }

  /// The function that opens a range, as the profiler takes it; empty for a range not on the page.
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

  /// All functions on the page, each once.
  Set<String> sources() {
    return Stream.concat(exact.values().stream(), numbered.stream().map(Numbered::source))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Pattern withNumbers(String range) {
    var literals = NUMBER.split(range, -1);
    var pattern = new StringBuilder(Pattern.quote(literals[0]));
    for (var i = 1; i < literals.length; i++) {
      pattern.append("\\d+").append(Pattern.quote(literals[i]));
    }
    return Pattern.compile(pattern.toString());
  }

  private static boolean isCode(String cell) {
    return cell.length() > 2 && cell.startsWith("`") && cell.indexOf('`', 1) == cell.length() - 1;
  }

  private static String code(String cell) {
    return cell.substring(1, cell.length() - 1);
  }

  private record Numbered(Pattern range, String source) {}
}
