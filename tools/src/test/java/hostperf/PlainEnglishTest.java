package hostperf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Pages, prompts and messages use the words of the field: those of line_profiler, git, pytest,
/// Nsight and Slurm. The words below are not among them; each has what to write instead.
class PlainEnglishTest {
  private static final Map<Pattern, String> INSTEAD = new LinkedHashMap<>();

  static {
    avoid("dear(er|est|ly)?", "expensive");
    avoid("(re)?told", "reported, separated from, distinguished from");
    avoid("noes", "refusals");
    avoid("tolls?", "overhead");
    avoid("look(s|ed|ing)? into", "examine, profile");
    avoid("by night", "unattended, nightly");
    avoid("for ever", "indefinitely");
    avoid("mend(s|ed|ing)?", "fix");
    avoid("anew", "again, re-measured");
    avoid("dr(aw|aws|awn|ew) up", "write");
    avoid("in vain", "false alarms, without effect");
    avoid("hand(s|ed)? on", "pass on");
    avoid("whoever", "anyone who");
    avoid("make-up", "composition");
    avoid("(?<!there )(is|are|was|were) no(?! longer| more)", "is not a");
    avoid("st(and|ands|ood) (there|here|twice|where|around|in(?! for))", "is, occurs");
    avoid("(each|every|per|one|a) turn", "iteration");
    avoid("turns of|turn to turn|on turns", "iterations");
  }

  private static final Pattern COMMENT_OR_LITERAL =
      Pattern.compile(
          "//[^\\n]*|\"\"\"[\\s\\S]*?\"\"\"|\"([^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+)\"|'(?:\\\\.|[^'])'");

  private static final Pattern CONCATENATION = Pattern.compile("(?<!\\\\)\"\\s*\\+\\s*\"");

  /// Code between fences or backticks, front matter aside, is not prose.
  private static final Pattern CODE = Pattern.compile("(?m)^```[\\s\\S]*?^```|`[^`\\n]*`");

  private static void avoid(String words, String instead) {
    INSTEAD.put(Pattern.compile("(?i)\\b(?:" + words + ")\\b"), instead);
  }

  @Test
  void pagesAndPrompts() throws IOException {
    var pages = new ArrayList<Path>();
    for (var name : List.of("README.md", "SECURITY.md", "CONTRIBUTING.md")) {
      pages.add(Golden.root().resolve(name));
    }
    for (var folder : List.of("docs", "prompts", "references")) {
      pages.addAll(files(folder, ".md"));
    }
    assertThat(pages).hasSizeGreaterThan(30);
    assertThat(hits(pages, text -> CODE.matcher(text).replaceAll(PlainEnglishTest::blank)))
        .isEmpty();
  }

  @Test
  void messages() throws IOException {
    var sources = new ArrayList<Path>(files("tools/src/main/java", ".java"));
    sources.addAll(files("server/src/main/java", ".java"));
    assertThat(hits(sources, PlainEnglishTest::literals)).isEmpty();
  }

  @Test
  void findsWordsInMessagesOnly() {
    assertThat(literals("// the dearest\nvar a = \"the \" + \"dearest\"; dearest('\"');"))
        .isEqualToIgnoringWhitespace("the dearest");
  }

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Golden.root().resolve(folder))) {
      return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static List<String> hits(List<Path> files, Function<String, String> prose)
      throws IOException {
    var hits = new ArrayList<String>();
    for (var file : files) {
      var text = prose.apply(Files.readString(file));
      INSTEAD.forEach(
          (words, instead) ->
              words
                  .matcher(text)
                  .results()
                  .forEach(
                      m ->
                          hits.add(
                              "%s:%d: \"%s\"; write: %s"
                                  .formatted(
                                      Golden.root().relativize(file),
                                      text.substring(0, m.start()).lines().count(),
                                      m.group(),
                                      instead))));
    }
    return hits;
  }

  /// The string literals of a source alone; line numbers stay, but for those of concatenations.
  private static String literals(String source) {
    var text = new StringBuilder();
    int end = 0;
    var joined = CONCATENATION.matcher(source).replaceAll("");
    for (var each : COMMENT_OR_LITERAL.matcher(joined).results().toList()) {
      text.append(blank(joined.substring(end, each.start())));
      text.append(each.group().startsWith("\"") ? " " + each.group().replace("\"", " ") : "");
      end = each.end();
    }
    return text.toString();
  }

  private static String blank(MatchResult code) {
    return blank(code.group());
  }

  /// Its line ends alone.
  private static String blank(String text) {
    return text.replaceAll("[^\\n]+", " ");
  }
}
