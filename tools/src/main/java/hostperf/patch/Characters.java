package hostperf.patch;

import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Characters that make text read other than it is: "Trojan Source" (CVE-2021-42574, -42694).
final class Characters {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+");
  // Scripts whose letters are drawn like Latin ones (Unicode TS 39, confusables).
  private static final Set<Character.UnicodeScript> ALIKE =
      EnumSet.of(
          Character.UnicodeScript.LATIN,
          Character.UnicodeScript.CYRILLIC,
          Character.UnicodeScript.GREEK,
          Character.UnicodeScript.ARMENIAN,
          Character.UnicodeScript.CHEROKEE);

  // Cyrillic and Greek letters that are drawn as Latin ones.
  private static final Pattern TWINS =
      Pattern.compile("[асеорхуѕіјԁһԛԝАВЕКМНОРСТУХІЈЅοναρυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ0-9_]+");

  private Characters() {}

  /// A character that is not seen or reorders what is seen, in one line of text; tabs are fine.
  static Optional<String> hidden(String text) {
    return text.codePoints()
        .filter(c -> c != '\t')
        .filter(Characters::isHidden)
        .mapToObj(c -> "holds the invisible or reordering character U+%04X".formatted(c))
        .findFirst();
  }

  /// A word that looks like another one: letters of scripts that are drawn alike mixed, or
  /// letters that Python folds into others when it reads a name (NFKC).
  static Optional<String> lookalike(String text) {
    return WORD.matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(word -> !word.chars().allMatch(c -> c < 0x80))
        .filter(Characters::isLookalike)
        .map(word -> "holds `" + word + "`, which looks like another word than it is")
        .findFirst();
  }

  /// A word wholly of letters that are drawn as Latin ones: right in prose, a trap in a path.
  static Optional<String> foreignTwin(String text) {
    return WORD.matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(word -> !word.chars().allMatch(c -> c < 0x80))
        .filter(word -> TWINS.matcher(word).matches())
        .map(word -> "holds `" + word + "`, which looks like another word than it is")
        .findFirst();
  }

  /// The text with its hidden characters written out, for a message.
  static String shown(String text) {
    var shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c != '\n' && c != '\t' && isHidden(c)) {
                shown.append("\\u%04X".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      // Variation selectors and fillers are letters or marks that draw nothing.
      default -> (c >= 0xFE00 && c <= 0xFE0F) || c == 0x3164 || c == 0x115F || c == 0x1160;
    };
  }

  private static boolean isLookalike(String word) {
    // The micro sign folds into a Greek letter and is common in comments (µs).
    String plain = word.replace("µ", "u");
    var scripts = EnumSet.noneOf(Character.UnicodeScript.class);
    plain
        .codePoints()
        .mapToObj(Character.UnicodeScript::of)
        .filter(ALIKE::contains)
        .forEach(scripts::add);
    return scripts.size() > 1 || !foldsToItself(plain);
  }

  private static boolean foldsToItself(String word) {
    String composed = Normalizer.normalize(word, Normalizer.Form.NFC);
    return Normalizer.normalize(word, Normalizer.Form.NFKC).equals(composed);
  }
}
