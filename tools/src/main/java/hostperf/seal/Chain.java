package hostperf.seal;

import hostperf.Refusal;
import java.util.ArrayList;
import java.util.List;

/// Lines of which each is sealed together with the seal of the one before: none can be added,
/// changed, moved or taken out without the key. That the last ones were cut off shows only to
/// whoever remembers how many there were.
public final class Chain {
  private final Seal seal;
  private final String name;

  /// @param name of the file that has the lines
  Chain(Seal seal, String name) {
    this.seal = seal;
    this.name = name;
  }

  /// Lines that hold together.
  ///
  /// @param texts each JSON object without its seal
  /// @param last the seal of the last one; empty where there is none
  public record Links(List<String> texts, String last) {
    public Links {
      texts = List.copyOf(texts);
    }
  }

  /// A new line as it is written, and its seal.
  public record Link(String line, String seal) {}

  /// The line that comes after those.
  public Link next(Links before, String json) {
    var own = seal.of(Seal.Purpose.LINE, name, before.last(), json);
    return new Link(new SealedText(json, own).written(), own);
  }

  /// Opens the lines, or refuses the first that this user's hostperf did not write there.
  public Links open(List<String> lines) {
    var texts = new ArrayList<String>();
    var last = "";
    for (var line : lines) {
      var before = last;
      var link =
          SealedText.of(line)
              .filter(l -> seal.holds(l.seal(), Seal.Purpose.LINE, name, before, l.text()))
              .orElseThrow(() -> strange(texts.size() + 1));
      texts.add(link.text());
      last = link.seal();
    }
    return new Links(texts, last);
  }

  private Refusal strange(int number) {
    return new Refusal(
        "Line %d of %s was not written there by this user's hostperf, so nothing in it counts."
            .formatted(number, name),
        SealedFolder.HEAL);
  }
}
