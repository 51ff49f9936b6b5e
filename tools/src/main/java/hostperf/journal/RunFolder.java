package hostperf.journal;

import hostperf.Refusal;
import hostperf.seal.PrivateFiles;
import hostperf.seal.SealedFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The files of one run, below `.hostperf/<run id>/` of the checkout. What is read back is sealed.
public record RunFolder(SealedFolder files) {
  static final String JOURNAL = "journal.jsonl";

  public Path path() {
    return files.path();
  }

  public Path journal() {
    return files.file(JOURNAL);
  }

  public Path logs() {
    return files.file("logs");
  }

  /// A file of the run by its path relative to this folder.
  public Path file(String relative) {
    return files.file(relative);
  }

  /// Writes a file that is read back as `read` gives it.
  public Path write(String relative, String content) {
    return files.write(relative, content);
  }

  /// Writes a file for people.
  public Path writeReport(String relative, String content) {
    return files.writePlain(relative, content);
  }

  /// Empty where there is no such file; one that hostperf did not write is refused.
  public Optional<String> find(String relative) {
    return files.read(relative);
  }

  /// A file's text as it lies there, for showing only.
  public Optional<String> look(String relative) {
    return PrivateFiles.read(file(relative)).map(b -> new String(b, StandardCharsets.UTF_8));
  }

  public String read(String relative) {
    return find(relative)
        .orElseThrow(
            () ->
                new Refusal(
                    "%s of this run is gone.".formatted(relative),
                    "Put it back from a copy, or begin a new run with `start_run`."));
  }
}
