package hostperf.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/// Writes HTML so that text cannot become markup: tags are ours, everything else is escaped.
public final class Html {
  /// A line break after these would show as a space, or in a `pre` as an empty line.
  private static final Set<String> INLINE =
      Set.of("a", "code", "mark", "span", "strong", "i", "time");

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /// @param tag with its classes and attributes, as in `section.card.round tabindex="0"`; never
  ///     text from outside
  public Html open(String tag) {
    String[] parts = tag.split(" ", 2);
    String[] names = parts[0].split("\\.", 2);
    out.append('<').append(names[0]);
    if (names.length > 1) {
      out.append(" class=\"").append(names[1].replace('.', ' ')).append('"');
    }
    out.append(parts.length > 1 ? " " + parts[1] : "").append('>');
    open.push(names[0]);
    return this;
  }

  public Html end() {
    String tag = open.pop();
    out.append("</").append(tag).append('>').append(INLINE.contains(tag) ? "" : "\n");
    return this;
  }

  public Html leaf(String tag, String text) {
    return open(tag).text(text).end();
  }

  public Html text(String text) {
    out.append(escaped(text));
    return this;
  }

  /// Text that may name code between single backticks.
  public Html sentence(String tag, String text) {
    String[] parts = text.split("`", -1);
    open(tag);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 1 && parts.length % 2 == 1) {
        leaf("code", parts[i]);
      } else {
        text(parts[i] + (parts.length % 2 == 0 && i < parts.length - 1 ? "`" : ""));
      }
    }
    return end();
  }

  /// The whole text, for a person who decides about it: see `UntrustedText.exact`.
  public Html exact(String text) {
    out.append(quoted(UntrustedText.exact(text)));
    return this;
  }

  /// Markup of ours.
  public Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /// A document of ours as an attribute's value, as it is.
  public static String attribute(String document) {
    return document.replace("&", "&amp;").replace("\"", "&quot;");
  }

  public static String escaped(String text) {
    return quoted(UntrustedText.block(text, 200_000));
  }

  private static String quoted(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
