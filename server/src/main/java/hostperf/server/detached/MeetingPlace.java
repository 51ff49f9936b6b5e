package hostperf.server.detached;

import hostperf.Refusal;
import hostperf.seal.Ours;
import hostperf.seal.PrivateFiles;
import hostperf.seal.SealedFolder;
import hostperf.seal.UserState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileLock;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Where clients find the process that works for them: a socket in a folder that only this user can
/// enter, the lock that this process holds while it lives, and its log.
public final class MeetingPlace {
  /// Of a socket's path, by unix(7); other systems have a few bytes less.
  private static final int LONGEST = 100;

  private final SealedFolder folder;
  private final String name;

  /// @param name of the place, for a file's name
  public MeetingPlace(UserState state, String name) {
    this.folder = state.own("detached");
    this.name = name;
    int length = socket().toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST) {
      throw new Refusal(
          "The path of the socket, %s, has %d bytes, and the system takes %d."
              .formatted(socket(), length, LONGEST),
          "Set XDG_STATE_HOME to a shorter folder, or use `serve --http`.");
    }
    PrivateFiles.folder(folder.path());
    if (!Ours.owns(folder.path())) {
      throw new Refusal(
          "%s belongs to another user.".formatted(folder.path()),
          "Find out who made it, and delete it.");
    }
    PrivateFiles.close(folder.path());
  }

  /// The path where the socket is, while somebody listens.
  private Path socket() {
    return folder.file(name + ".sock");
  }

  /// What the process prints.
  Path log() {
    return folder.file(name + ".log");
  }

  /// Begins the log anew.
  void clearLog() {
    try (var log =
        PrivateFiles.open(log(), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      log.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + log(), e);
    }
  }

  /// Empty where another process has it.
  Optional<FileLock> take() throws IOException {
    var channel = PrivateFiles.open(folder.file(name + ".lock"), StandardOpenOption.WRITE);
    var lock = Optional.ofNullable(channel.tryLock());
    if (lock.isEmpty()) {
      channel.close();
    }
    return lock;
  }

  /// Whether no process has it.
  boolean isFree() throws IOException {
    var lock = take();
    if (lock.isPresent()) {
      lock.get().acquiredBy().close();
    }
    return lock.isPresent();
  }

  /// For the holder of the lock.
  ServerSocketChannel listen() throws IOException {
    leave();
    var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return listener.bind(UnixDomainSocketAddress.of(socket()));
  }

  /// Nobody listens any more.
  void leave() throws IOException {
    Files.deleteIfExists(socket());
  }

  /// Empty where nobody listens.
  Optional<SocketChannel> connect() throws IOException {
    try {
      return Optional.of(SocketChannel.open(UnixDomainSocketAddress.of(socket())));
    } catch (SocketException _) {
      return Optional.empty();
    }
  }
}
