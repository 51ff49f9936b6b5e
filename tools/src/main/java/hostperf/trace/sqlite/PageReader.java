package hostperf.trace.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Reads tables from the pages of the file, in parts side by side.
///
/// Why not SQL: handing a row over through the driver costs several hundred nanoseconds, ten times
/// what it takes to decode it, and a trace has tens of millions.
final class PageReader implements TableReader {
  /// More readers than that wait for each other's pages.
  private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

  /// Leaves that lie one behind the other are read together, as much as the processor's own cache
  /// holds until they are decoded.
  private static final int TOGETHER = 1 << 17;

  /// Fewer leaves than that are not worth a thread.
  private static final int FEWEST_LEAVES = 256;

  private final FileChannel channel;
  private final SqliteFile.Pages pages;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final List<Future<?>> running = new ArrayList<>();

  PageReader(SqliteFile file) throws IOException {
    this.channel = file.channel();
    this.pages = file.pages();
  }

  @Override
  public <T extends RowSink> List<T> start(
      SqliteTable table, List<String> columns, Supplier<T> sink) throws IOException {
    int[] positions = columns.stream().mapToInt(table::position).toArray();
    int[] leaves = TableTree.leaves(channel, pages.size(), table.rootPage());
    int parts = Math.clamp(leaves.length / FEWEST_LEAVES, 1, THREADS);
    var sinks = new ArrayList<T>();
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) leaves.length * i / parts);
      int to = (int) ((long) leaves.length * (i + 1) / parts);
      T part = sink.get();
      sinks.add(part);
      running.add(
          threads.submit(
              () -> {
                read(leaves, from, to, new LeafPage(pages.usable(), positions), part);
                return null;
              }));
    }
    return sinks;
  }

  private void read(int[] leaves, int from, int to, LeafPage page, RowSink sink)
      throws IOException {
    int together = Math.max(1, TOGETHER / pages.size());
    ByteBuffer buffer = ByteBuffer.allocate(together * pages.size());
    int next = from;
    while (next < to) {
      int count = 1;
      while (next + count < to
          && count < together
          && leaves[next + count] == leaves[next] + count) {
        count++;
      }
      fill(buffer.clear().limit(count * pages.size()), (leaves[next] - 1L) * pages.size());
      for (int i = 0; i < count; i++) {
        page.rows(buffer.array(), i * pages.size(), TableTree.header(leaves[next + i]), sink);
      }
      next += count;
    }
  }

  private void fill(ByteBuffer buffer, long position) throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      int read = at < 0 ? -1 : channel.read(buffer, at);
      if (read < 0) {
        throw new DamagedFile("it refers to a page behind its end");
      }
      at += read;
    }
  }

  @Override
  public void finish() throws IOException {
    for (Future<?> part : running) {
      try {
        part.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while reading", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    threads.close();
    channel.close();
  }
}
