package hostperf.journal;

import hostperf.Refusal;
import hostperf.repository.GitRepository;
import hostperf.seal.Ours;
import hostperf.seal.PrivateFiles;
import hostperf.seal.SealedFolder;
import hostperf.seal.UserState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// `.hostperf/` of a checkout, and beside it the user's own folder for this checkout. A
/// `.hostperf/` that came with the repository, that is or holds a link or that another user owns is
/// refused by name, and nothing in it is read.
public final class Home {
  static final String NAME = ".hostperf";

  private final Path checkout;
  private final SealedFolder folder;
  private final SealedFolder user;

  public Home(Path checkout, UserState state) {
    this.checkout = checkout;
    this.folder = state.in(checkout, NAME);
    this.user = state.of(checkout);
  }

  /// `.hostperf/`, whether or not it is there.
  public Path path() {
    return folder.path();
  }

  /// What is kept in the checkout.
  public SealedFolder files() {
    return folder;
  }

  /// What is kept for this checkout where no repository can bring its own.
  public SealedFolder users() {
    return user;
  }

  /// Why nothing in it is believed; empty where it is this user's, or absent.
  public Optional<Refusal> fault() {
    if (Files.isSymbolicLink(path())) {
      return refused("is a symbolic link", "Find out where it came from, and delete it.");
    }
    if (Ours.exists(path()) && !Files.isDirectory(path(), LinkOption.NOFOLLOW_LINKS)) {
      return refused("is not a folder", "Move it away.");
    }
    if (!Ours.owns(path())) {
      return refused(
          "belongs to another user",
          "Work in a clone of your own, or as the user that the checkout belongs to.");
    }
    var tracked = tracked();
    if (tracked.isPresent()) {
      return tracked;
    }
    var link = linkWithin();
    if (link.isPresent()) {
      return Optional.of(
          new Refusal(
              "%s is a symbolic link, so nothing in %s is trusted and nothing is written there."
                  .formatted(link.get(), path()),
              "hostperf makes none there. Find out where it came from, and delete it."));
    }
    return Optional.empty();
  }

  /// Refuses one that is not this user's.
  void require() {
    fault()
        .ifPresent(
            fault -> {
              throw fault;
            });
  }

  /// Makes it on first use; it hides itself from git and from other users.
  public Path made() {
    require();
    PrivateFiles.close(PrivateFiles.folder(path()));
    if (!folder.has(".gitignore")) {
      var _ = folder.writePlain(".gitignore", "*\n");
    }
    return path();
  }

  private Optional<Path> linkWithin() {
    try (var files = Files.newDirectoryStream(path(), Files::isSymbolicLink)) {
      for (Path link : files) {
        return Optional.of(link);
      }
      return Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not list " + path(), e);
    }
  }

  private Optional<Refusal> tracked() {
    try {
      return Files.exists(checkout.resolve(".git"))
              && GitRepository.at(checkout, InstantSource.system()).tracks(NAME)
          ? refused(
              "is tracked by git: it came with the repository",
              "If you trust nothing in it, take it out: `git rm -r --cached %s`, commit, and delete the folder."
                  .formatted(NAME))
          : Optional.empty();
    } catch (Refusal
        | UncheckedIOException
        | IllegalArgumentException
        | IndexOutOfBoundsException e) {
      return refused(
          "may be tracked by git, whose index or HEAD cannot be read (%s)"
              .formatted(e.getMessage()),
          "See what `git status` says.");
    }
  }

  private Optional<Refusal> refused(String what, String next) {
    return Optional.of(
        new Refusal(
            "%s %s, so nothing in it is trusted and nothing is written there."
                .formatted(path(), what),
            next));
  }
}
