package hostperf.host;

import hostperf.host.SecretArguments.Named;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Keeps secrets out of what is shown or journaled.
///
/// A variable or an argument is secret when its name says so (`HF_TOKEN`, `PGPASSWORD`,
/// `--api-key`…); its value is then also taken out of any text, which covers programs that print
/// their environment. Of an address the password is secret, whoever names it.
public final class Redactor {
  /// What stands in place of a secret: no angle brackets, since it also goes into JUnit XML.
  public static final String HIDDEN = "[hidden]";

  // A shorter value ("1", "true") would be taken out of every number in the text.
  private static final int SHORTEST_VALUE = 6;

  private final List<String> values;

  private Redactor(Collection<String> values) {
    this.values =
        values.stream()
            .flatMap(Redactor::forms)
            .filter(v -> v.length() >= SHORTEST_VALUE)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /// The value and how it looks line by line, in XML, and in JSON or a Python string.
  private static Stream<String> forms(String value) {
    var xml = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    var json = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return Stream.concat(Stream.of(value, xml, xml.replace("\"", "&quot;"), json), value.lines());
  }

  /// For files of a program that ran with these arguments, our own environment and this one.
  public static Redactor ofChild(Map<String, String> added, List<String> arguments) {
    var environment = new HashMap<>(System.getenv());
    environment.putAll(added);
    return of(environment, arguments);
  }

  /// For texts that come from a program that ran with this environment.
  public static Redactor of(Map<String, String> environment) {
    return of(environment, List.of());
  }

  /// For texts that come from a program that ran with this environment and these arguments.
  public static Redactor of(Map<String, String> environment, List<String> arguments) {
    var values = new ArrayList<String>();
    environment.forEach(
        (name, value) -> {
          if (SecretNames.has(name, value)) {
            values.add(value);
          }
          UrlSecrets.in(value).forEach(values::add);
        });
    SecretArguments.in(arguments).stream().map(Named::value).forEach(values::add);
    arguments.stream().flatMap(UrlSecrets::in).forEach(values::add);
    return new Redactor(values);
  }

  /// The environment as it may be shown: every name, sorted, secret values hidden.
  public static Map<String, String> shown(Map<String, String> environment) {
    var redactor = of(environment);
    var shown = new TreeMap<String, String>();
    environment.forEach(
        (name, value) ->
            shown.put(name, SecretNames.has(name, value) ? HIDDEN : redactor.text(value)));
    return shown;
  }

  /// A command as it may be shown.
  public static List<String> shown(List<String> arguments) {
    var redactor = of(Map.of(), arguments);
    var secrets = SecretArguments.in(arguments);
    return arguments.stream()
        .map(a -> secrets.stream().anyMatch(s -> s.value().equals(a)) ? HIDDEN : a)
        .map(a -> beside(a, secrets))
        .map(redactor::text)
        .toList();
  }

  /// A text that a person wrote, such as a configuration, without the secrets of the environment
  /// and the commands in it; beside their names also those too short to be looked for alone.
  public static String written(
      String text, Map<String, String> environment, List<String> arguments) {
    var named = new ArrayList<>(SecretArguments.in(arguments));
    environment.forEach(
        (name, value) -> {
          if (SecretNames.has(name, value)) {
            named.add(new Named(name, value));
          }
        });
    return of(environment, arguments).text(beside(text, named));
  }

  private static String beside(String text, List<Named> secrets) {
    String result = text;
    for (Named secret : secrets) {
      var beside =
          "("
              + Pattern.quote(secret.name())
              + "[\"']?\\s*[:=,]?\\s*(?:-\\s+)?[\"']?)"
              + Pattern.quote(secret.value());
      result = result.replaceAll(beside, "$1" + Matcher.quoteReplacement(HIDDEN));
    }
    return result;
  }

  /// How many characters at the end of the text may be the beginning of a secret.
  int unfinished(CharSequence text) {
    int longest = values.isEmpty() ? 0 : values.getFirst().length() - 1;
    int open = UrlSecrets.unfinished(text);
    for (int from = Math.max(0, text.length() - longest); from < text.length(); from++) {
      if (mayBegin(text.subSequence(from, text.length()).toString())) {
        return Math.max(open, text.length() - from);
      }
    }
    return open;
  }

  private boolean mayBegin(String end) {
    return values.stream().anyMatch(v -> v.length() > end.length() && v.startsWith(end));
  }

  /// The text without the secrets' values.
  public String text(String text) {
    String result = text;
    for (String value : values) {
      result = result.replace(value, HIDDEN);
    }
    return UrlSecrets.hidden(result);
  }

  /// Takes the secrets out of a file, piece by piece; nothing where there is none.
  public void clean(Path file) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    var cleaned = file.resolveSibling(file.getFileName() + ".cleaned");
    try {
      try (Reader from = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8);
          Writer to = Files.newBufferedWriter(cleaned)) {
        var stream = new RedactedStream(this, (chars, length) -> write(to, chars, length));
        var piece = new char[1 << 16];
        for (int got = from.read(piece); got >= 0; got = from.read(piece)) {
          stream.append(piece, got);
        }
        stream.end();
      }
      Files.move(cleaned, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Writer to, char[] chars, int length) {
    try {
      to.write(chars, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
