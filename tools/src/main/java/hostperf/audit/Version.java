package hostperf.audit;

import hostperf.source.Node;
import hostperf.source.PythonFile;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// One version of a file with its scopes, and what is counted as the file's own package.
record Version(PythonFile file, Scopes scopes, Set<String> folders, List<Node> nodes) {
  static Version of(String path, String text) {
    var file = PythonFile.of(path, text);
    return new Version(
        file,
        Scopes.of(file),
        Arrays.stream(path.split("/")).collect(Collectors.toSet()),
        file.root().tree().toList());
  }

  /// Whether a full name belongs to the package that the file is part of.
  boolean isOwn(String dotted) {
    return dotted.startsWith(".") || folders.contains(dotted.split("\\.")[0]);
  }
}
