package hostperf.trace.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// An opened SQLite file: its tables, and readers of them.
public final class SqliteDatabase implements AutoCloseable {
  private final SqliteFile file;
  private final Connection connection;

  public SqliteDatabase(SqliteFile file) throws SQLException {
    this.file = file;
    this.connection = file.open();
  }

  /// For the small tables and for text.
  public Connection connection() {
    return connection;
  }

  public Optional<SqliteTable> table(String name) throws SQLException {
    return SqliteTable.find(connection, name);
  }

  /// Reads ordinary tables from their pages and others through the driver.
  public TableReader reader() throws IOException {
    return new Either(new PageReader(file), driver());
  }

  /// Reads every table through the driver: the oracle of the other, and what is left when a file
  /// holds something that the pages' reader does not expect.
  public TableReader driver() {
    return new JdbcReader(connection);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private record Either(TableReader pages, TableReader driver) implements TableReader {
    @Override
    public <T extends RowSink> List<T> start(
        SqliteTable table, List<String> columns, Supplier<T> sink) throws IOException {
      return (table.hasOrdinaryPages() ? pages : driver).start(table, columns, sink);
    }

    @Override
    public void finish() throws IOException {
      pages.finish();
    }

    @Override
    public void close() throws IOException {
      pages.close();
    }
  }
}
