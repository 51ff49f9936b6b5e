package hostperf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What a folder holds, to see whether something changed there.
public final class FolderContents {
  private FolderContents() {}

  /// Every file below a folder whose relative name is asked for, with what tells a change; links as
  /// links.
  public static Map<String, String> of(Path folder, Predicate<String> names) throws IOException {
    var files = new TreeMap<String, String>();
    try (var all = Files.walk(folder)) {
      for (Path file : all.filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        var name = folder.relativize(file).toString();
        if (names.test(name)) {
          files.put(
              name,
              Files.isSymbolicLink(file)
                  ? "-> " + Files.readSymbolicLink(file)
                  : Integer.toString(Arrays.hashCode(Files.readAllBytes(file))));
        }
      }
    }
    return files;
  }
}
