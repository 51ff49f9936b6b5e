package hostperf.host;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Secrets within addresses: passwords (`https://name:secret@host`), tokens in place of a name,
/// fields of a query or fragment (`?sig=…`), and the addresses of web hooks, which are secrets as a
/// whole.
final class UrlSecrets {
  private static final Pattern TOKEN =
      Pattern.compile("://[^\\s/:@?#\"'<>{}]{20,}(?::[^\\s/?#\"'<>{}]*)?@");
  private static final Pattern PASSWORD =
      Pattern.compile("(://[^\\s/:@?#\"'<>{}]*):[^\\s/?#\"'<>{}]+@");
  private static final Pattern FIELD =
      Pattern.compile("([?&;#]([A-Za-z][\\w.-]{0,60})=)([^&;\\s\"'<>#]+)");
  private static final Pattern FIELDS = Pattern.compile("[?&#]");
  private static final Pattern SIGNATURE =
      Pattern.compile("(?i)sig|signature|x-(?:amz|goog)-(?:signature|credential)");
  private static final Pattern HOOK =
      Pattern.compile(
          "(//(?:hooks\\.slack\\.com/[a-z]+/|discord(?:app)?\\.com/api/webhooks/"
              + "|[\\w.-]+\\.webhook\\.office\\.com/))[^\\s\"'<>]+");
  // Here a password may hold a slash, as some database drivers take it.
  private static final Pattern IN_VALUE =
      Pattern.compile("://[^:/\\s@]*:(?!\\d+/)([^@\\s\"'<>{}]+)@");

  /// How long an address may be that is waited for.
  private static final int LONGEST = 4096;

  private UrlSecrets() {}

  /// The text without them.
  static String hidden(String text) {
    String result = text;
    if (result.contains("//")) {
      result = HOOK.matcher(result).replaceAll("$1" + Redactor.HIDDEN);
      result = TOKEN.matcher(result).replaceAll("://" + Redactor.HIDDEN + "@");
      result = PASSWORD.matcher(result).replaceAll("$1:" + Redactor.HIDDEN + "@");
    }
    if (FIELDS.matcher(result).find()) {
      result =
          FIELD
              .matcher(result)
              .replaceAll(
                  m ->
                      Matcher.quoteReplacement(
                          isSecret(m.group(2), m.group(3))
                              ? m.group(1) + Redactor.HIDDEN
                              : m.group()));
    }
    return result;
  }

  private static boolean isSecret(String name, String value) {
    return SIGNATURE.matcher(name).matches() || SecretNames.has(name, value);
  }

  /// The passwords in the addresses of a value, which a program may print on their own.
  static Stream<String> in(String value) {
    return IN_VALUE
        .matcher(value)
        .results()
        .map(m -> m.group(1))
        .flatMap(password -> Stream.of(password, decoded(password)));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  /// How many characters at the end of the text may be the beginning of an address.
  static int unfinished(CharSequence text) {
    int start = text.length();
    while (start > 0
        && text.length() - start < LONGEST
        && !Character.isWhitespace(text.charAt(start - 1))) {
      start--;
    }
    String word = text.subSequence(start, text.length()).toString();
    boolean mayBe =
        word.contains("//")
            || FIELDS.matcher(word).find()
            || word.endsWith(":")
            || word.endsWith("/");
    return mayBe && word.length() < LONGEST ? word.length() : 0;
  }
}
