package hostperf.patch;

import hostperf.host.TerminalEscapes;
import java.text.Normalizer;
import java.util.regex.Pattern;

/// Text around the files of a diff: mail headers, statistics, prose, a shell's here-document.
///
/// git and GNU patch pass over whatever they cannot read, a change with a broken header included,
/// and report success. Here text is passed over only when nothing in it looks like a change.
final class Preamble {
  // Quotation marks of a mail, borders of a table, byte-order marks.
  private static final Pattern DECORATION = Pattern.compile("^[\\s>|\\p{Cf}\\p{Zs}]+");
  private static final Pattern STATISTICS =
      Pattern.compile(" {1,2}[^\\s+*@-].*\\|\\s+(?:\\d+(?: [-+]+)?|Bin\\b.*)");
  // Line separators within a line hide nothing. Seven brackets begin a block of a merge, or of
  // search and replace.
  private static final Pattern CHANGE =
      Pattern.compile(
          "(?s).*(?:\\+\\+\\+|@@|\\*\\*\\* |diff -|<{7}).*|diff .*"
              + "|(?:Binary files|Files) .* differ|GIT binary patch.*"
              + "|(?i:content-transfer-encoding:\\s*base64).*");
  // Commands of `ed` and of a diff without context: GNU patch applies both.
  private static final Pattern COMMAND =
      Pattern.compile("\\d{1,9}(?:,\\d{1,9})?[acd](?:\\d{1,9}(?:,\\d{1,9})?)?");
  private static final Pattern RULE = Pattern.compile("[-+= ]*|-{3,}.*-{3}|-{5,}.*");
  private static final Pattern BULLET = Pattern.compile("- \\S.*");
  // `-- ` begins a mail's signature, `-- >8 --` is a pair of scissors.
  private static final Pattern SIGNATURE = Pattern.compile("--(?: .*)?");

  private Preamble() {}

  /// Whether the line looks as if it was meant to change something.
  static boolean looksLikeChange(String line) {
    String plain = TerminalEscapes.without(Lines.bare(line));
    if (STATISTICS.matcher(plain).matches()) {
      return false;
    }
    String bare =
        Normalizer.normalize(DECORATION.matcher(plain).replaceFirst(""), Normalizer.Form.NFKC);
    return CHANGE.matcher(bare).matches()
        || COMMAND.matcher(bare).matches()
        || isChangedLine(plain);
  }

  private static boolean isChangedLine(String line) {
    return (line.startsWith("+") || line.startsWith("-"))
        && !RULE.matcher(line).matches()
        && !BULLET.matcher(line).matches()
        && !SIGNATURE.matcher(line).matches();
  }
}
