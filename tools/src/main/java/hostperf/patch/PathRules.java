package hostperf.patch;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a path must be before anything is looked up by it: relative, plain, below the checkout.
final class PathRules {
  // The 8.3 name that Windows gives to `.git` (CVE-2014-9390).
  private static final List<String> GIT_NAMES = List.of(".git", "git~1");
  private static final int LONGEST = 1024;

  private PathRules() {}

  /// What is wrong with the path, as the end of "<path> …".
  static Optional<String> fault(String path) {
    if (path.isEmpty()) {
      return Optional.of("is empty");
    }
    if (path.length() > LONGEST) {
      return Optional.of("is longer than " + LONGEST + " characters");
    }
    if (path.startsWith("/") || path.startsWith("~") || path.matches("[A-Za-z]:.*")) {
      return Optional.of("is not relative to the checkout");
    }
    if (path.contains("\\")) {
      return Optional.of("holds a backslash; folders are separated by `/`");
    }
    return characters(path)
        .or(
            () ->
                Arrays.stream(path.split("/", -1)).flatMap(p -> component(p).stream()).findFirst());
  }

  private static Optional<String> characters(String path) {
    if (path.chars().anyMatch(c -> c == '\t' || c == '\n' || c == '\r')) {
      return Optional.of("holds a line end or a tab");
    }
    if (!Normalizer.isNormalized(path, Normalizer.Form.NFC)) {
      return Optional.of("is not in Unicode's composed form (NFC)");
    }
    return Characters.hidden(path)
        .or(() -> Characters.lookalike(path))
        .or(() -> Characters.foreignTwin(path));
  }

  private static Optional<String> component(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      return Optional.of("holds `" + name + "` as a folder");
    }
    // HFS+ and NTFS ignore case and trailing dots and blanks.
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[. ]+$", "");
    if (GIT_NAMES.contains(plain)) {
      return Optional.of("leads into `.git`");
    }
    if (!name.equals(name.strip()) || name.endsWith(".") || name.contains(":")) {
      return Optional.of("holds a name that some file systems read as another: `" + name + "`");
    }
    return Optional.empty();
  }
}
