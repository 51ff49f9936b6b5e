package hostperf.measure;

import hostperf.repository.Intent;
import hostperf.repository.Repository;
import hostperf.repository.Undisturbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The candidate is what HEAD has; the base is an earlier commit. Only the files in which they
/// differ are swapped. With HEAD itself as the base it is the swap of an A/A measurement: nothing
/// changes.
public final class RepositorySwap implements Swap {
  private final Repository repository;
  private final String base;
  private final List<String> files;
  private final Predicate<String> isEditable;
  private final Consumer<Intent> journal;
  private Optional<Intent> shown = Optional.empty();

  /// @param base commit whose versions are the base
  /// @param isEditable which tracked files are watched for changes by others
  /// @param journal gets each swap before it is made: `Repository.recover` undoes the last one
  ///     after a crash
  public RepositorySwap(
      Repository repository, String base, Predicate<String> isEditable, Consumer<Intent> journal) {
    this.repository = repository;
    this.base = base;
    this.files = repository.changedFiles(base, repository.head());
    this.isEditable = isEditable;
    this.journal = journal;
  }

  /// Goes through the candidate where the base is shown already: only a move deletes the bytecode
  /// that the last launch left, and every launch is to start alike.
  @Override
  public void base() {
    restore();
    Intent intent = repository.swapIn(base, files);
    journal.accept(intent);
    shown = Optional.of(intent);
    Undisturbed.act(() -> repository.perform(intent));
  }

  @Override
  public void candidate() {
    if (shown.isEmpty()) {
      base();
    }
    restore();
  }

  @Override
  public void restore() {
    shown.ifPresent(intent -> Undisturbed.act(() -> repository.perform(intent.inverse())));
    shown = Optional.empty();
  }

  @Override
  public Map<String, String> editable() {
    Map<String, String> hashes = new TreeMap<>();
    for (String path : repository.tracked()) {
      if (isEditable.test(path)) {
        hashes.put(path, hash(repository.root().resolve(path)));
      }
    }
    return hashes;
  }

  private static String hash(Path file) {
    try {
      byte[] content =
          Files.isRegularFile(file)
              ? Files.readAllBytes(file)
              : "not there".getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
