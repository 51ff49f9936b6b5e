package hostperf.tool;

import hostperf.source.Sources;
import java.nio.file.Path;

/// Paths as answers show them: relative to the checkout where they lie inside.
record ShownPaths(Sources sources) {
  String of(String file) {
    var path = Path.of(file);
    return path.isAbsolute() && path.startsWith(sources.root())
        ? sources.root().relativize(path).toString()
        : file;
  }
}
