package hostperf.repository;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.ignore.IgnoreNode;

/// What the `.gitignore` files of a commit leave out. Those on disk, `.git/info/exclude` and the
/// user's own do not count: whoever writes a file beside the code could write them as well.
final class IgnoreRules {
  private static final String FILE = ".gitignore";

  private final Map<String, IgnoreNode> byFolder = new HashMap<>();

  IgnoreRules(Map<String, String> committed, Objects objects) {
    committed.forEach(
        (path, blob) -> {
          if (path.equals(FILE) || path.endsWith("/" + FILE)) {
            byFolder.put(
                path.substring(0, path.length() - FILE.length()), parsed(objects.blob(blob)));
          }
        });
  }

  /// Asked from the top down: a file in a folder that is left out is not asked about.
  boolean leavesOut(String path, boolean isFolder) {
    for (int slash = path.lastIndexOf('/'); ; slash = path.lastIndexOf('/', slash - 1)) {
      var rules = byFolder.get(path.substring(0, slash + 1));
      var says = rules == null ? null : rules.checkIgnored(path.substring(slash + 1), isFolder);
      if (says != null || slash < 0) {
        return says != null && says;
      }
    }
  }

  private static IgnoreNode parsed(byte[] text) {
    var rules = new IgnoreNode();
    try {
      rules.parse(new ByteArrayInputStream(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rules;
  }
}
