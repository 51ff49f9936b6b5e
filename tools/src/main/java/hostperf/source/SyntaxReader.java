package hostperf.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSTree;
import org.treesitter.TSTreeCursor;
import org.treesitter.TreeSitterPython;

/// Copies tree-sitter's tree into nodes, with a cursor: a few microseconds a node, a third of what
/// asking for children by index costs. Bodies of functions wait until they are asked for.
final class SyntaxReader {
  private static final int CHUNK = 1 << 16;

  private final PythonFile file;
  private final TSTree tree;
  private final IntUnaryOperator offsets;
  private final Map<Node, TSNode> unread = new HashMap<>();

  /// Names by number, since each string that crosses from C costs as much as the node itself.
  private final Map<Integer, String> kinds = new HashMap<>();

  private final Map<Integer, String> fields = new HashMap<>();

  SyntaxReader(PythonFile file) {
    this.file = file;
    var bytes = file.text().getBytes(StandardCharsets.UTF_8);
    try (var parser = new TSParser()) {
      parser.setLanguage(new TreeSitterPython());
      // Not parseString: its text crosses as modified UTF-8, which shifts offsets after an emoji.
      tree =
          parser.parse(
              new byte[CHUNK],
              null,
              (buffer, from, _) -> {
                int count = Math.clamp(bytes.length - from, 0, buffer.length);
                System.arraycopy(bytes, Math.min(from, bytes.length), buffer, 0, count);
                return count;
              },
              TSInputEncoding.TSInputEncodingUTF8);
    }
    this.offsets = CharOffsets.of(file.text(), bytes.length);
  }

  Node root() {
    var top = tree.getRootNode();
    var root = new Node(file, null, top.getType(), "", 0, file.text().length());
    copy(root, top);
    return root;
  }

  boolean hasErrors() {
    return tree.getRootNode().hasError();
  }

  synchronized List<Node> read(Node node) {
    var source = unread.remove(node);
    if (source != null) {
      copy(node, source);
    }
    return node.children();
  }

  /// Copies what is below `source`, on an explicit stack: generated Python nests deep.
  private void copy(Node into, TSNode source) {
    try (var cursor = new TSTreeCursor(source)) {
      if (!cursor.gotoFirstChild()) {
        into.fill(List.of());
        return;
      }
      var owners = new ArrayList<>(List.of(into));
      var lists = new ArrayList<List<Node>>(List.of(new ArrayList<>()));
      while (true) {
        if (entered(cursor, owners, lists)) {
          continue;
        }
        while (!cursor.gotoNextSibling()) {
          owners.removeLast().fill(List.copyOf(lists.removeLast()));
          if (owners.isEmpty() || !cursor.gotoParent()) {
            return;
          }
        }
      }
    }
  }

  /// Takes the node under the cursor; true when the cursor went on to its first child.
  private boolean entered(TSTreeCursor cursor, List<Node> owners, List<List<Node>> lists) {
    var current = cursor.currentNode();
    int fieldId = cursor.currentFieldId();
    var kind = kinds.computeIfAbsent(current.getSymbol(), _ -> current.getType());
    if (fieldId == 0 && !current.isNamed() && !kind.equals("async")) {
      return false;
    }
    var field = fieldId == 0 ? "" : fields.computeIfAbsent(fieldId, _ -> cursor.currentFieldName());
    int start = offsets.applyAsInt(current.getStartByte());
    int end = offsets.applyAsInt(current.getEndByte());
    var owner = owners.getLast();
    var node = new Node(file, owner, kind, field, start, end);
    lists.getLast().add(node);
    if (field.equals("body") && owner.is("function_definition")) {
      unread.put(node, current);
      return false;
    }
    if (!cursor.gotoFirstChild()) {
      node.fill(List.of());
      return false;
    }
    owners.add(node);
    lists.add(new ArrayList<>());
    return true;
  }
}
