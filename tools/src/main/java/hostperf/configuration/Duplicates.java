package hostperf.configuration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Keys that stand twice in one mapping, anywhere in the file: a reader who saw the first would not
/// know that the second counts.
final class Duplicates {
  private final List<Fault> faults = new ArrayList<>();
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Duplicates() {}

  static List<Fault> in(Node root) {
    var duplicates = new Duplicates();
    duplicates.walk("", root);
    return duplicates.faults;
  }

  private void walk(String path, Node node) {
    // An alias leads to the same node again, perhaps to one that is being read.
    if (!seen.add(node)) {
      return;
    }
    switch (node) {
      case MappingNode mapping -> mapping(path, mapping);
      case SequenceNode list -> list.getValue().forEach(n -> walk(path + "[]", n));
      default -> {
        // Holds no keys.
      }
    }
  }

  private void mapping(String path, MappingNode mapping) {
    var lines = new HashMap<String, Integer>();
    for (var entry : mapping.getValue()) {
      // The parser takes no other keys.
      var key = ((ScalarNode) entry.getKeyNode()).getValue();
      int line = Section.line(entry.getKeyNode());
      var name = path.isEmpty() ? key : path + "." + key;
      var first = lines.putIfAbsent(key, line);
      if (first != null) {
        faults.add(
            new Fault(
                line, "`%s` occurs twice, first in line %d; keep one.".formatted(name, first)));
      }
      walk(name, entry.getValueNode());
    }
  }
}
