package hostperf.report;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Which words of two versions of a line differ.
///
/// @param before the old line in pieces
/// @param after the new one
record WordDiff(List<Piece> before, List<Piece> after) {
  private static final Pattern WORD = Pattern.compile("\\w+|\\s+|[^\\w\\s]");

  /// Longer lines are compared as wholes.
  private static final int MOST_WORDS = 400;

  /// Lines that have less than this in common are other lines: marks would be noise.
  private static final double LEAST_ALIKE = 0.35;

  /// @param isMarked whether the other version does not have it
  record Piece(String text, boolean isMarked) {}

  static List<Piece> unmarked(String line) {
    return List.of(new Piece(line, false));
  }

  static WordDiff of(String before, String after) {
    var old = words(before);
    var now = words(after);
    if (old.size() > MOST_WORDS || now.size() > MOST_WORDS) {
      return plain(before, after);
    }
    var common = common(old, now);
    return share(before, after, old, common) == 0
        ? plain(before, after)
        : new WordDiff(pieces(old, common.old()), pieces(now, common.now()));
  }

  /// How much of the longer line both have in common, up to 1; 0 where they are other lines.
  static double alike(String before, String after) {
    var old = words(before);
    var now = words(after);
    return old.size() > MOST_WORDS || now.size() > MOST_WORDS
        ? 0
        : share(before, after, old, common(old, now));
  }

  private static double share(String before, String after, List<String> old, Common common) {
    double longer = Math.max(before.strip().length(), after.strip().length());
    double share = longer == 0 ? 0 : characters(old, common.old()) / longer;
    return share < LEAST_ALIKE ? 0 : share;
  }

  private static WordDiff plain(String before, String after) {
    return new WordDiff(unmarked(before), unmarked(after));
  }

  private static List<String> words(String line) {
    return WORD.matcher(line).results().map(MatchResult::group).toList();
  }

  /// Which words of each are part of the longest common sequence.
  private record Common(BitSet old, BitSet now) {}

  private static Common common(List<String> old, List<String> now) {
    int[][] longest = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        longest[i][j] =
            old.get(i).equals(now.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    var common = new Common(new BitSet(), new BitSet());
    int i = 0;
    int j = 0;
    while (i < old.size() && j < now.size()) {
      if (old.get(i).equals(now.get(j))) {
        common.old().set(i++);
        common.now().set(j++);
      } else if (longest[i + 1][j] >= longest[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    return common;
  }

  /// Characters in common, blanks aside.
  private static int characters(List<String> words, BitSet common) {
    int count = 0;
    for (int i = 0; i < words.size(); i++) {
      count += common.get(i) ? words.get(i).strip().length() : 0;
    }
    return count;
  }

  /// Neighbours that are marked alike are one piece.
  private static List<Piece> pieces(List<String> words, BitSet common) {
    var pieces = new ArrayList<Piece>();
    for (int i = 0; i < words.size(); i++) {
      boolean isMarked = !common.get(i);
      if (!pieces.isEmpty() && pieces.getLast().isMarked() == isMarked) {
        var last = pieces.removeLast();
        pieces.add(new Piece(last.text() + words.get(i), isMarked));
      } else {
        pieces.add(new Piece(words.get(i), isMarked));
      }
    }
    return List.copyOf(pieces);
  }
}
