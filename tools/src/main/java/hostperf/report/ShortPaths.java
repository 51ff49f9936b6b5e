package hostperf.report;

import java.util.HashMap;
import java.util.Map;

/// Names a file by its whole path the first time, then by its name alone where no other one in the
/// same text has it.
final class ShortPaths {
  private final Map<String, String> byName = new HashMap<>();

  String of(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    String known = byName.putIfAbsent(name, file);
    return known != null && known.equals(file) ? name : file;
  }
}
