package hostperf.audit;

import hostperf.audit.JudgedNames.Judged;
import hostperf.source.Node;
import hostperf.source.PythonFile;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One version of a file with its scopes, and what is counted as the file's own package.
record Version(
    PythonFile file,
    NameResolution scopes,
    Set<String> folders,
    List<Node> nodes,
    Neighbours neighbours) {
  static Version of(String path, String text, Neighbours neighbours) {
    var file = PythonFile.of(path, text);
    return new Version(
        file,
        NameResolution.of(file),
        Arrays.stream(path.split("/")).collect(Collectors.toSet()),
        file.root().tree().toList(),
        neighbours);
  }

  /// What is known of a full name that the file uses.
  Optional<Judged> judged(String dotted) {
    return JudgedNames.of(dotted, isOwn(dotted) ? neighbours.ownParts(file.path(), dotted) : 0);
  }

  /// Whether other files of the package use the module that a full name belongs to.
  boolean isUsedBeside(String dotted) {
    return neighbours.use(file.path(), dotted.split("\\.")[0]);
  }

  /// Whether a full name belongs to the package that the file is part of.
  boolean isOwn(String dotted) {
    return dotted.startsWith(".") || folders.contains(dotted.split("\\.")[0]);
  }
}
