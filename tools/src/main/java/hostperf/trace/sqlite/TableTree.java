package hostperf.trace.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/// The B-tree of a table in a SQLite file: finds the leaf pages, which hold the rows.
/// Format: https://www.sqlite.org/fileformat2.html#b_tree_pages.
final class TableTree {
  private static final int INTERIOR = 5;
  private static final int LEAF = 13;

  /// SQLite's own limit on the depth of a tree (`BTCURSOR_MAX_DEPTH`).
  private static final int DEEPEST = 20;

  private final FileChannel channel;
  private final int pageSize;
  private final long pageCount;
  private final List<Integer> leaves = new ArrayList<>();

  private TableTree(FileChannel channel, int pageSize) throws IOException {
    this.channel = channel;
    this.pageSize = pageSize;
    this.pageCount = channel.size() / pageSize;
  }

  /// Numbers of the leaf pages, from 1, in the order of the rows.
  static int[] leaves(FileChannel channel, int pageSize, int rootPage) throws IOException {
    var tree = new TableTree(channel, pageSize);
    tree.visit(rootPage, 0, tree.depth(rootPage));
    return tree.leaves.stream().mapToInt(Integer::intValue).toArray();
  }

  /// All leaves of a tree lie at one depth, so going down the left side tells it, and the leaves
  /// themselves need not be read here.
  private int depth(int rootPage) throws IOException {
    int page = rootPage;
    for (int depth = 0; depth <= DEEPEST; depth++) {
      ByteBuffer content = read(page);
      int type = content.get(header(page));
      if (type == LEAF) {
        return depth;
      }
      page = child(content, header(page), 0);
    }
    throw new DamagedFile("a table's tree is deeper than SQLite makes them");
  }

  private void visit(int page, int depth, int leafDepth) throws IOException {
    if (depth == leafDepth) {
      leaves.add(page);
      if (leaves.size() > pageCount) {
        throw new DamagedFile("a table's tree has more leaves than the file has pages");
      }
      return;
    }
    ByteBuffer content = read(page);
    int header = header(page);
    if (content.get(header) != INTERIOR) {
      throw new DamagedFile("page " + page + " is not an inner page of a table");
    }
    for (int i = 0; i < cells(content, header); i++) {
      visit(child(content, header, i), depth + 1, leafDepth);
    }
    visit(content.getInt(header + 8), depth + 1, leafDepth);
  }

  private int child(ByteBuffer content, int header, int cell) throws DamagedFile {
    int pointer = header + 12 + 2 * cell;
    boolean isOwnPointer = cell < cells(content, header) && pointer <= pageSize - 2;
    int at = isOwnPointer ? Short.toUnsignedInt(content.getShort(pointer)) : pageSize;
    if (content.get(header) != INTERIOR || at > pageSize - 4) {
      throw new DamagedFile("an inner page of a table is garbled");
    }
    return content.getInt(at);
  }

  private static int cells(ByteBuffer content, int header) {
    return Short.toUnsignedInt(content.getShort(header + 3));
  }

  private ByteBuffer read(int page) throws IOException {
    if (page < 1 || page > pageCount) {
      throw new DamagedFile("it refers to page " + page + ", which it does not have");
    }
    var content = ByteBuffer.allocate(pageSize);
    channel.read(content, (page - 1L) * pageSize);
    return content.clear();
  }

  /// The first page begins with the header of the file.
  static int header(int page) {
    return page == 1 ? 100 : 0;
  }
}
