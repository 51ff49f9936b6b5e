package hostperf.trace.read;

import hostperf.trace.sqlite.SqliteTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Python stacks that nsys sampled (`--python-sampling=true`).
///
/// Each is a mark of the domain `Python Periodic Sampling`, and its stack is in the mark's payload,
/// which an export holds only when made with `--include-blobs=true`.
final class PythonSamples {
  /// `ENUM_NSYS_EVENT_TYPE` of marks, and of the rows that name a domain.
  private static final int MARK = 34;

  private static final int DOMAIN = 75;

  /// What stands before the payload: domain, schema, size of the payload, where it begins.
  private static final int HEAD = 32;

  /// Thread state and count of frames; then the frames, each function, file and line.
  private static final int PAYLOAD_HEAD = 16;

  private static final int FRAME = 24;

  /// Python's own limit on the depth of calls, many times over.
  private static final int DEEPEST = 1 << 14;

  private final Connection connection;
  private final Numbering numbering;
  private final InlineNames texts;
  private final SampledStacks stacks = new SampledStacks();
  private final Map<Frame, Integer> names = new HashMap<>();
  private final Map<Long, String> strings = new HashMap<>();
  private final Map<IntBuffer, int[]> known = new HashMap<>();
  private boolean areLeftOut;

  private record Frame(long function, long file, int line) {}

  PythonSamples(Connection connection, Numbering numbering, InlineNames texts) {
    this.connection = connection;
    this.numbering = numbering;
    this.texts = texts;
  }

  void read(SqliteTable nvtx) throws SQLException {
    Optional<Integer> domain = nvtx.has("domainId") ? domain(nvtx) : Optional.empty();
    if (domain.isEmpty()) {
      return;
    }
    if (!nvtx.has("binaryData")) {
      areLeftOut = true;
      return;
    }
    try (var query =
            connection.prepareStatement(
                "select start, globalTid, binaryData from %s where eventType = ? and domainId = ?"
                    .formatted(nvtx.quoted()));
        var string = connection.prepareStatement("select value from StringIds where id = ?")) {
      query.setInt(1, MARK);
      query.setInt(2, domain.get());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          take(row, string);
        }
      }
    }
  }

  /// The domain of the samples; older versions of nsys call it `Python Backtrace`.
  private Optional<Integer> domain(SqliteTable nvtx) throws SQLException {
    try (var query =
        connection.prepareStatement(
            ("select domainId from %s where eventType = ?"
                    + " and text in ('Python Periodic Sampling', 'Python Backtrace')")
                .formatted(nvtx.quoted()))) {
      query.setInt(1, DOMAIN);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
      }
    }
  }

  private void take(ResultSet row, PreparedStatement string) throws SQLException {
    byte[] blob = row.getBytes(3);
    if (blob == null) {
      areLeftOut = true;
      return;
    }
    long start = row.getLong(1);
    Optional<int[]> frames = frames(ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN), string);
    if (frames.isPresent() && Times.isUsable(start)) {
      var thread = HostThread.ofGlobalTid(Math.max(row.getLong(2), 0));
      stacks.add(start, numbering.threads().number(thread), frames.get());
    }
  }

  /// Names of a sample's frames, outermost first; empty for what is no sample.
  private Optional<int[]> frames(ByteBuffer blob, PreparedStatement string) throws SQLException {
    long size = blob.limit() < HEAD ? 0 : blob.getLong(16);
    long begin = blob.limit() < HEAD ? 0 : blob.getLong(24);
    if (begin < HEAD || size < PAYLOAD_HEAD || size > blob.limit() - begin) {
      return Optional.empty();
    }
    int count = blob.getInt((int) begin + 12);
    if (count < 1 || count > DEEPEST || PAYLOAD_HEAD + (long) count * FRAME > size) {
      return Optional.empty();
    }
    var frames = new int[count];
    for (int i = 0; i < count; i++) {
      int at = (int) begin + PAYLOAD_HEAD + i * FRAME;
      frames[count - 1 - i] =
          name(new Frame(blob.getLong(at), blob.getLong(at + 8), blob.getInt(at + 16)), string);
    }
    return Optional.of(known.computeIfAbsent(IntBuffer.wrap(frames), _ -> frames));
  }

  private int name(Frame frame, PreparedStatement string) throws SQLException {
    Integer name = names.get(frame);
    if (name == null) {
      // As torch writes them.
      name =
          texts.number(
              "%s(%d): %s"
                  .formatted(
                      text(frame.file(), string), frame.line(), text(frame.function(), string)));
      names.put(frame, name);
    }
    return name;
  }

  private String text(long id, PreparedStatement string) throws SQLException {
    String text = strings.get(id);
    if (text == null) {
      string.setLong(1, id);
      try (ResultSet found = string.executeQuery()) {
        String value = found.next() ? found.getString(1) : null;
        text = value == null ? "(unnamed)" : value;
      }
      strings.put(id, text);
    }
    return text;
  }

  /// The functions while they ran.
  Rows rows() {
    return stacks.rows();
  }

  /// What there is to say about the samples.
  List<String> notes(String file) {
    var notes = new ArrayList<String>();
    if (areLeftOut) {
      notes.add(
          file
              + " was exported without the stacks of its Python samples. Export the report again with"
              + " nsys export --type sqlite --include-blobs=true; nsys 2025.3 knows the option.");
    }
    if (stacks.count() > 0) {
      notes.add(
          "Python functions come from %,d samples, one every %.0f us a thread: small shares are rough."
              .formatted(stacks.count(), stacks.periodNs() / 1e3));
    }
    return notes;
  }
}
