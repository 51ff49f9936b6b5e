import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads a JSON file, plain or gzipped, token by token and does nothing with it: what detection on
/// the same file is measured against. Argument: the file.
final class TokenStream {
  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    long tokens = 0;
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        InputStream in =
            file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
        var json = JsonFactory.builder().build().createParser(ObjectReadContext.empty(), in)) {
      while (json.nextToken() != null) {
        tokens++;
      }
    }
    System.out.println(tokens);
  }
}
