package hostperf.seal;

import java.util.Optional;
import java.util.regex.Pattern;

/// A text and its seal in one: a JSON object carries it as its last member, so that it stays one,
/// any other text as a last line.
///
/// @param text without the seal, to the byte as it was sealed
record SealedText(String text, String seal) {
  private static final String HEX = "([0-9a-f]{%d})".formatted(Seal.LENGTH);
  private static final Pattern MEMBER = Pattern.compile(",\"seal\":\"" + HEX + "\"}\\z");
  private static final Pattern LINE = Pattern.compile("\n# hostperf-seal " + HEX + "\n\\z");

  /// Long enough for either form: only the end is looked at.
  private static final int LONGEST = Seal.LENGTH + 32;

  String written() {
    return isObject(text)
        ? text.substring(0, text.length() - 1) + ",\"seal\":\"" + seal + "\"}"
        : text + "\n# hostperf-seal " + seal + "\n";
  }

  /// Empty where there is no seal on it.
  static Optional<SealedText> of(String written) {
    int tail = Math.max(0, written.length() - LONGEST);
    var member = MEMBER.matcher(written).region(tail, written.length());
    if (member.find()) {
      return Optional.of(
          new SealedText(written.substring(0, member.start()) + "}", member.group(1)));
    }
    var line = LINE.matcher(written).region(tail, written.length());
    return line.find()
        ? Optional.of(new SealedText(written.substring(0, line.start()), line.group(1)))
        : Optional.empty();
  }

  private static boolean isObject(String text) {
    return text.startsWith("{\"") && text.endsWith("}");
  }
}
