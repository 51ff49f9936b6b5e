package hostperf.journal;

import hostperf.Refusal;
import hostperf.seal.Chain;
import hostperf.seal.PrivateFiles;
import hostperf.seal.SealedFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The file of a journal: lines of which each is sealed with the one before it, and a head outside
/// the checkout that knows how many there are. It is read whole or refused.
record SealedLines(Home home, RunId id) {
  /// Between two looks whether another thread has done with the file.
  private static final long PAUSE_NANOS = 2_000_000;

  Path file() {
    return folder().file(RunFolder.JOURNAL);
  }

  private SealedFolder folder() {
    return home.files().folder(id.value());
  }

  private Chain chain() {
    return folder().chain(RunFolder.JOURNAL);
  }

  /// Every whole line, without its seal.
  List<String> read() {
    // First the head: the file may grow meanwhile.
    var head = JournalHead.read(home.users(), id);
    var bytes =
        PrivateFiles.read(file())
            .orElseThrow(
                () -> new UncheckedIOException(new FileNotFoundException(file().toString())));
    return open(head, bytes).texts();
  }

  private Chain.Links open(JournalHead head, byte[] bytes) {
    var links = chain().open(lines(bytes));
    head.require(links, file());
    return links;
  }

  private List<String> lines(byte[] bytes) {
    try {
      var whole = ByteBuffer.wrap(bytes, 0, endOfLastLine(bytes));
      var text = StandardCharsets.UTF_8.newDecoder().decode(whole).toString();
      return text.isEmpty()
          ? List.of()
          : List.of(text.substring(0, text.length() - 1).split("\n", -1));
    } catch (CharacterCodingException e) {
      throw new Refusal(
          "%s holds bytes that are not text.".formatted(file()),
          "It was changed or damaged: put the file back from a copy, or move its folder away.",
          e);
    }
  }

  /// Adds a line, on the disk when this returns, or nothing. No interrupt may come meanwhile: it
  /// would close the file.
  void append(String text) throws IOException {
    var _ = PrivateFiles.folder(folder().path());
    var heads = PrivateFiles.folder(home.users().file(JournalHead.FOLDER));
    // The autopilot and its server write into one journal. A file of its own is locked: the system
    // takes the lock of one back as soon as any of its readers in this process closes it.
    try (var lock = PrivateFiles.open(heads.resolve(id + ".lock"), StandardOpenOption.WRITE);
        var _ = lock(lock);
        var channel =
            PrivateFiles.open(file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      append(channel, text);
    }
  }

  /// The new head takes its room first, then comes the line, then the head takes its place: a crash
  /// between leaves a line more than the head knows, which has its own seal.
  private void append(FileChannel channel, String text) throws IOException {
    var bytes = content(channel);
    var links = open(JournalHead.read(home.users(), id), bytes);
    var link = chain().next(links, text);
    var next = new JournalHead(links.texts().size() + 1, link.seal());
    try (var head = next.draft(home.users(), id)) {
      int end = endOfLastLine(bytes);
      try {
        write(channel, end, link.line() + "\n");
        var _ = head.keep();
      } catch (IOException | UncheckedIOException e) {
        channel.truncate(end);
        throw e;
      }
    }
    if (links.texts().isEmpty()) {
      // A new file is only safe once its folder is.
      PrivateFiles.sync(folder().path());
      PrivateFiles.sync(home.users().folder(JournalHead.FOLDER).path());
    }
  }

  private static byte[] content(FileChannel channel) throws IOException {
    var buffer = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    int read;
    do {
      read = channel.read(buffer);
    } while (read > 0 && buffer.hasRemaining());
    return buffer.array();
  }

  private static void write(FileChannel channel, int end, String line) throws IOException {
    channel.truncate(end);
    channel.position(end);
    var buffer = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    while (buffer.hasRemaining()) {
      var _ = channel.write(buffer);
    }
    channel.force(true);
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException _) {
        // Held by another thread of this process: the JDK throws where it would wait.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static int endOfLastLine(byte[] bytes) {
    for (int i = bytes.length - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return 0;
  }
}
