package hostperf.trace;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs queries side by side, each on a connection of its own, since one connection is one thread
/// at a time.
final class ParallelScan implements AutoCloseable {
  /// Takes one row.
  interface Row {
    void take(ResultSet row) throws SQLException;
  }

  /// More than four readers of one file wait for each other's pages.
  static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

  private final SqliteFile file;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final List<Future<?>> running = new ArrayList<>();

  ParallelScan(SqliteFile file) {
    this.file = file;
  }

  void start(String sql, Row row) {
    running.add(
        threads.submit(
            () -> {
              try (Connection connection = file.open();
                  var statement = connection.createStatement();
                  ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                  row.take(rows);
                }
              }
              return null;
            }));
  }

  /// Waits for every query; the first failure is thrown as it came.
  void finish() throws SQLException {
    for (Future<?> query : running) {
      try {
        query.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SQLException("Interrupted while reading.", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof SQLException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
    running.clear();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
