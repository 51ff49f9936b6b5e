package hostperf.unittest;

import java.util.HashSet;
import java.util.Set;

/// How many tests passed, each counted once although a test that was repeated is reported more
/// than once. Only a hash of each id is kept, and of no more than a million.
final class PassedTests {
  private static final int MOST = 1_000_000;

  private final Set<Long> ids = new HashSet<>();
  private int more;

  void add(String id) {
    if (ids.size() < MOST) {
      ids.add(hash(id));
    } else if (!ids.contains(hash(id))) {
      more++;
    }
  }

  /// It failed as well.
  void drop(String id) {
    ids.remove(hash(id));
  }

  int count() {
    return ids.size() + more;
  }

  private static long hash(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
