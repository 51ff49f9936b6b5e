package hostperf.run;

import hostperf.measure.Swap;
import hostperf.patch.PatchPolicy;
import hostperf.repository.Intent;
import hostperf.repository.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/// Shows one commit's version of the patched files or another's for the length of a launch. HEAD
/// and index stay; each swap is journaled before it is made, so that a crash cannot leave the
/// wrong version behind.
final class CheckoutSwap implements Swap {
  private final Repository repository;
  private final PatchPolicy policy;
  private final Versions versions;
  private final Consumer<Event> journal;
  private Optional<Intent> open = Optional.empty();

  /// @param candidate the commit that HEAD is on
  record Versions(String base, String candidate, List<String> files) {
    Versions {
      files = List.copyOf(files);
    }
  }

  CheckoutSwap(
      Repository repository, PatchPolicy policy, Versions versions, Consumer<Event> journal) {
    this.repository = repository;
    this.policy = policy;
    this.versions = versions;
    this.journal = journal;
  }

  @Override
  public void base() {
    restore();
    show(versions.base());
  }

  @Override
  public void candidate() {
    restore();
    show(versions.candidate());
  }

  /// Also where the work tree has that version already, since the swap takes the cached bytecode
  /// away with it.
  private void show(String commit) {
    if (versions.files().isEmpty() || commit.equals(repository.head())) {
      return;
    }
    var intent = repository.swapIn(commit, versions.files());
    journal.accept(new Event.SwapIntended(intent));
    open = Optional.of(intent);
    Undisturbed.act(() -> repository.perform(intent));
  }

  @Override
  public void restore() {
    open.ifPresent(
        intent -> {
          Undisturbed.act(() -> repository.perform(intent.inverse()));
          journal.accept(new Event.SwapEnded());
        });
    open = Optional.empty();
  }

  @Override
  public Map<String, String> editable() {
    var hashes = new TreeMap<String, String>();
    for (var path : repository.tracked()) {
      if (policy.allows(path)) {
        hashes.put(path, hash(repository.root().resolve(path)));
      }
    }
    return hashes;
  }

  private static String hash(Path file) {
    if (!Files.isRegularFile(file)) {
      return "absent";
    }
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
