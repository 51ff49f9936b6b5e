package hostperf.host;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Keeps secrets of an environment out of what is shown or journaled.
///
/// A variable is secret when its name says so (`HF_TOKEN`, `AWS_SECRET_ACCESS_KEY`,
/// `DB_PASSWORD`…); its value is then also taken out of any text, which covers programs that
/// print their environment.
public final class Redactor {
  /// What stands in place of a secret: no angle brackets, since it also goes into JUnit XML.
  public static final String HIDDEN = "[hidden]";

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(token|secret|passw|passphrase|credential|auth(?!or(?!i[sz]))|cookie|session|bearer|"
              + "api_?key|access_?key|private_?key|signing_?key|encryption_?key|"
              + "(?<![a-z0-9])(key|pat|pwd|pw|dsn)$|connection_?string|netrc).*");

  // Names that the pattern would take for secrets and that a reader needs to see.
  private static final Pattern PLAIN_NAME =
      Pattern.compile(
          "(?i)((old)?pwd|tokenizers?_.*|.*_tokenizer.*|.*max_.*tokens?.*|.*num_.*tokens?.*"
              + "|(xdg|desktop|gdm)_?session.*|session_manager|ssh_auth_sock|xauthority)");

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

  /// For files of a program that ran with our own environment and this one.
  public static Redactor ofChild(Map<String, String> added) {
    var environment = new HashMap<>(System.getenv());
    environment.putAll(added);
    return of(environment);
  }

  /// For texts that come from a program that ran with this environment.
  public static Redactor of(Map<String, String> environment) {
    return new Redactor(
        environment.entrySet().stream()
            .filter(e -> isSecret(e.getKey()))
            .map(Map.Entry::getValue)
            .toList());
  }

  public static boolean isSecret(String name) {
    return SECRET_NAME.matcher(name).matches() && !PLAIN_NAME.matcher(name).matches();
  }

  /// The environment as it may be shown: every name, sorted, secret values hidden.
  public static Map<String, String> shown(Map<String, String> environment) {
    var shown = new TreeMap<String, String>();
    environment.forEach((name, value) -> shown.put(name, isSecret(name) ? HIDDEN : value));
    return shown;
  }

  public boolean hidesNothing() {
    return values.isEmpty();
  }

  /// How many characters at the end of the text may be the beginning of a secret.
  int unfinished(CharSequence text) {
    int longest = values.isEmpty() ? 0 : values.getFirst().length() - 1;
    for (int from = Math.max(0, text.length() - longest); from < text.length(); from++) {
      if (mayBegin(text.subSequence(from, text.length()).toString())) {
        return text.length() - from;
      }
    }
    return 0;
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
    return result;
  }

  /// Takes the secrets out of a file, piece by piece; nothing where there is none.
  public void clean(Path file) {
    if (hidesNothing() || !Files.isRegularFile(file)) {
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
