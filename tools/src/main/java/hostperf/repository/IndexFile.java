package hostperf.repository;

import hostperf.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Git's index, read, and rewritten with single entries replaced in place.
///
/// Everything else stays as it is to the byte (JGit's own writer drops extensions and touches the
/// entries of other files), but for the extensions that a change makes stale. Format:
/// https://git-scm.com/docs/index-format, versions 2 to 4 with SHA-1.
final class IndexFile {
  private static final int HASH = 20;
  // Cached trees, and offsets whose checksum covers the extensions before them.
  private static final Set<String> STALE = Set.of("TREE", "EOIE", "IEOT");

  private final byte[] bytes;
  private final List<Entry> entries = new ArrayList<>();
  private final int endOfEntries;

  /// @param offset where it starts in the file
  record Entry(String path, int offset, int stage, ByteBuffer fixed) {
    String blob() {
      var id = new byte[HASH];
      fixed.get(40, id);
      return HexFormat.of().formatHex(id);
    }

    int mode() {
      return at(24);
    }

    /// Seconds and nanoseconds of the file's last change, and its size, when it was added.
    boolean hasStat(FileStat stat) {
      return at(8) == stat.mtimeSeconds()
          && at(12) == stat.mtimeNanos()
          && at(36) == stat.size()
          && at(20) == stat.inode();
    }

    int at(int field) {
      return fixed.getInt(field);
    }
  }

  private IndexFile(byte[] bytes) {
    this.bytes = bytes;
    endOfEntries = readEntries();
  }

  static IndexFile read(Path file) {
    try {
      return new IndexFile(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Entry> entries() {
    return entries;
  }

  Optional<Entry> entry(String path) {
    return entries.stream().filter(e -> e.path().equals(path) && e.stage() == 0).findFirst();
  }

  /// Names of the extensions; those in lower case change what the entries mean.
  List<String> extensions() {
    return readExtensions().stream().map(Extension::name).toList();
  }

  /// Puts another blob and the file's present state into the entry.
  void replace(Entry entry, String blob, FileStat stat) {
    ByteBuffer fields = ByteBuffer.wrap(bytes, entry.offset(), 60).slice();
    fields.putInt(0, stat.ctimeSeconds()).putInt(4, stat.ctimeNanos());
    fields.putInt(8, stat.mtimeSeconds()).putInt(12, stat.mtimeNanos());
    fields.putInt(16, stat.device()).putInt(20, stat.inode());
    fields.putInt(28, stat.user()).putInt(32, stat.group()).putInt(36, stat.size());
    fields.put(40, HexFormat.of().parseHex(blob));
  }

  /// The file's new content.
  byte[] content() {
    int length = endOfEntries;
    List<Extension> kept =
        readExtensions().stream().filter(e -> !STALE.contains(e.name())).toList();
    for (Extension extension : kept) {
      length += extension.length();
    }
    var out = ByteBuffer.allocate(length + HASH).put(bytes, 0, endOfEntries);
    kept.forEach(e -> out.put(bytes, e.offset(), e.length()));
    boolean unhashed = isZero(bytes.length - HASH);
    return out.put(unhashed ? new byte[HASH] : sha1(out.array(), length)).array();
  }

  private int readEntries() {
    var in = ByteBuffer.wrap(bytes);
    int version = in.getInt(4);
    if (in.getInt(0) != 0x44495243 || version < 2 || version > 4) {
      throw new Refusal(
          "The checkout's index has a form that is not known (version " + version + ").",
          "Rewrite it with `git update-index --index-version 2`.");
    }
    int at = 12;
    byte[] name = new byte[0];
    for (int left = in.getInt(8); left > 0; left--) {
      int flags = in.getShort(at + 60);
      int nameAt = at + ((flags & 0x4000) == 0 ? 62 : 64);
      int kept = 0;
      if (version == 4) {
        var prefix = Prefix.read(bytes, nameAt);
        kept = name.length - prefix.dropped();
        nameAt = prefix.end();
      }
      int end = nameAt;
      while (bytes[end] != 0) {
        end++;
      }
      byte[] whole = Arrays.copyOf(name, kept + end - nameAt);
      System.arraycopy(bytes, nameAt, whole, kept, end - nameAt);
      name = whole;
      entries.add(
          new Entry(
              new String(name, StandardCharsets.UTF_8),
              at,
              (flags >> 12) & 3,
              ByteBuffer.wrap(bytes, at, 60).slice().asReadOnlyBuffer()));
      at = version == 4 ? end + 1 : at + (end - at + 8) / 8 * 8;
    }
    return at;
  }

  /// How many bytes of the previous name fall away, in version 4.
  private record Prefix(int dropped, int end) {
    static Prefix read(byte[] bytes, int at) {
      int next = at;
      int value = bytes[next] & 0x7f;
      while ((bytes[next++] & 0x80) != 0) {
        value = ((value + 1) << 7) | (bytes[next] & 0x7f);
      }
      return new Prefix(value, next);
    }
  }

  private record Extension(String name, int offset, int length) {}

  private List<Extension> readExtensions() {
    var found = new ArrayList<Extension>();
    int at = endOfEntries;
    while (at + 8 <= bytes.length - HASH) {
      String name = new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
      int length = 8 + ByteBuffer.wrap(bytes).getInt(at + 4);
      found.add(new Extension(name, at, length));
      at += length;
    }
    return found;
  }

  private boolean isZero(int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] sha1(byte[] bytes, int length) {
    try {
      var digest = MessageDigest.getInstance("SHA-1");
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
