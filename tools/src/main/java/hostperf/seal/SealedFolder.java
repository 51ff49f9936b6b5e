package hostperf.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import hostperf.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A folder whose files count only as this user's hostperf wrote them: in this checkout, under this
/// name. No link on the way to one is followed.
public final class SealedFolder {
  /// What a person does about a file that does not count.
  static final String HEAL =
      "It was changed, copied here, or written before hostperf sealed its files: put it back from a"
          + " copy, or move it away.";

  private final Path top;
  private final Path path;
  private final Seal seal;
  private final Seal.Purpose purpose;

  private SealedFolder(Path top, Path path, Seal seal, Seal.Purpose purpose) {
    this.top = top;
    this.path = path;
    this.seal = seal;
    this.purpose = purpose;
  }

  /// The user's own folder for a checkout.
  static SealedFolder ofUser(Path top, Seal seal) {
    return new SealedFolder(top, top, seal, Seal.Purpose.USER_FILE);
  }

  /// A folder in the checkout.
  static SealedFolder inCheckout(Path top, Seal seal) {
    return new SealedFolder(top, top, seal, Seal.Purpose.RUN_FILE);
  }

  /// A folder below; it need not be there.
  public SealedFolder folder(String name) {
    return new SealedFolder(top, path.resolve(name), seal, purpose);
  }

  public Path path() {
    return path;
  }

  /// The place of a file below, with no link on the way from the top.
  public Path file(String relative) {
    var file = path.resolve(relative).normalize();
    if (!file.startsWith(top)) {
      throw new IllegalArgumentException(relative + " leads out of " + top);
    }
    var at = top;
    for (Path name : top.relativize(file)) {
      requireNoLink(at);
      at = at.resolve(name);
    }
    requireNoLink(at);
    return file;
  }

  private static void requireNoLink(Path at) {
    if (Files.isSymbolicLink(at)) {
      throw new Refusal(
          "%s is a symbolic link, which hostperf never makes there; it is not followed."
              .formatted(at),
          "Find out where it came from, and delete it.");
    }
  }

  /// Writes a sealed file so that a reader sees the old content or the new, never half of it.
  public Path write(String relative, String text) {
    return PrivateFiles.write(file(relative), bytes(sealed(relative, text)));
  }

  /// Writes a file that nobody reads back.
  public Path writePlain(String relative, String text) {
    return PrivateFiles.write(file(relative), bytes(text));
  }

  /// A sealed file that does not yet take its place.
  public PrivateFiles.Draft draft(String relative, String text) {
    return PrivateFiles.draft(file(relative), bytes(sealed(relative, text)));
  }

  /// Writes a sealed file where there is none yet; false where there is one.
  public boolean create(String relative, String text) {
    try (var draft = draft(relative, text)) {
      return draft.keepIfFirst();
    }
  }

  /// The text as it was written; empty where there is no such file. One that does not count is
  /// refused.
  public Optional<String> read(String relative) {
    return PrivateFiles.read(file(relative)).map(b -> opened(relative, new String(b, UTF_8)));
  }

  /// Why the file under this name counts for nothing; empty where it does, or is not there.
  public Optional<String> whyNot(String relative) {
    try {
      var _ = read(relative);
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(refusal.why());
    }
  }

  /// Whether there is something under this name, whatever it is.
  public boolean has(String relative) {
    return Ours.exists(file(relative));
  }

  /// The names in this folder that end so, sorted; none where there is no such folder.
  public List<String> names(String ending) {
    var names = new ArrayList<String>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(file(""), "*" + ending)) {
      files.forEach(f -> names.add(f.getFileName().toString()));
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not list " + path, e);
    }
    names.removeIf(n -> n.startsWith("."));
    names.sort(null);
    return List.copyOf(names);
  }

  /// The chained lines of a file of this folder.
  public Chain chain(String relative) {
    return new Chain(seal, name(relative));
  }

  private String sealed(String relative, String text) {
    return new SealedText(text, seal.of(purpose, name(relative), text)).written();
  }

  private String opened(String relative, String written) {
    return SealedText.of(written)
        .filter(s -> seal.holds(s.seal(), purpose, name(relative), s.text()))
        .map(SealedText::text)
        .orElseThrow(
            () ->
                new Refusal(
                    "%s was not written there by this user's hostperf, so it is ignored."
                        .formatted(path.resolve(relative)),
                    HEAL));
  }

  /// By which it is sealed: a copy under another name does not count.
  private String name(String relative) {
    return top.relativize(path.resolve(relative).normalize()).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
