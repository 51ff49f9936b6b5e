package hostperf.unittest;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// What went wrong, from the text of an element: the last line that pytest marks with `E`, else
/// how the text begins. The text is read in pieces and not kept.
final class LastSaid {
  private static final int LONGEST = 2_000;

  private final StringBuilder beginning = new StringBuilder();
  private final StringBuilder line = new StringBuilder();
  private String marked = "";

  private LastSaid() {}

  static String of(XMLStreamReader xml) throws XMLStreamException {
    var said = new LastSaid();
    for (int depth = 1; depth > 0; ) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            said.add(xml.getText());
        default -> {} // comments
      }
    }
    said.endLine();
    return said.marked.isEmpty() ? said.beginning.toString() : said.marked;
  }

  private void add(String text) {
    beginning.append(text, 0, Math.min(text.length(), LONGEST - beginning.length()));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        endLine();
      } else if (line.length() < LONGEST) {
        line.append(c);
      }
    }
  }

  private void endLine() {
    if (line.indexOf("E ") == 0) {
      marked = line.substring(1);
    }
    line.setLength(0);
  }
}
