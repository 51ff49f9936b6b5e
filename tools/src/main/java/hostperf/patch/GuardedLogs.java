package hostperf.patch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Debug log lines that a change does no more to than put them under
/// `if logger.isEnabledFor(logging.DEBUG):`.
///
/// `logger.debug` asks that question first itself, so what is printed stays the same, figures
/// included. Only one-line calls of the guard's own logger whose text is the same on both sides
/// count; anything else that touches a log line is judged as usual.
///
/// @param removed line numbers before, each with its pair in `added`
/// @param added line numbers after, those of the guards included
record GuardedLogs(Set<Integer> removed, Set<Integer> added) {
  private static final Pattern GUARD =
      Pattern.compile("if ([\\w.]+)\\.isEnabledFor\\(logging\\.DEBUG\\):");

  static GuardedLogs of(FileChange change, LineMap map) {
    List<String> before = Lines.of(change.before());
    List<String> after = Lines.of(change.after());
    var removed = new HashSet<Integer>();
    var added = new HashSet<Integer>();
    for (int line : map.added()) {
      var guard = GUARD.matcher(after.get(line - 1).strip());
      if (!guard.matches() || !map.added().contains(line + 1)) {
        continue;
      }
      var log = after.get(line).strip();
      if (!log.startsWith(guard.group(1) + ".debug(") || !isOneCall(log)) {
        continue;
      }
      int at = line;
      map.removed().stream()
          .filter(n -> !removed.contains(n) && before.get(n - 1).strip().equals(log))
          .filter(n -> isSamePlace(map, n, before.size(), at))
          .findFirst()
          .ifPresent(
              moved -> {
                removed.add(moved);
                added.add(line);
                added.add(line + 1);
              });
    }
    return new GuardedLogs(Set.copyOf(removed), Set.copyOf(added));
  }

  /// The first bracket closes with the last; brackets within texts may make it say no.
  private static boolean isOneCall(String code) {
    int depth = 0;
    for (int i = code.indexOf('('); i < code.length(); i++) {
      depth += code.charAt(i) == '(' ? 1 : code.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return i == code.length() - 1;
      }
    }
    return false;
  }

  /// The unchanged lines around both are the same.
  private static boolean isSamePlace(LineMap map, int removed, int lines, int guard) {
    int above = removed - 1;
    while (above >= 1 && map.after(above).isEmpty()) {
      above--;
    }
    int below = removed + 1;
    while (below <= lines && map.after(below).isEmpty()) {
      below++;
    }
    return map.after(above).orElse(0) < guard
        && guard + 1 < map.after(below).orElse(Integer.MAX_VALUE);
  }
}
