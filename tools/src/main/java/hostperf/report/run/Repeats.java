package hostperf.report.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Notes that say the same of several things, told once: a model that is refused for one reason at
/// every option would fill a page.
public final class Repeats {
  /// Things that are named; of more only the number is told.
  private static final int NAMED = 3;

  private Repeats() {}

  /// What a note says.
  ///
  /// @param of what was done, up to ` for `
  /// @param why behind the first colon
  private record Claim(String of, String why) {}

  /// In the order of their first occurrence. A note reads `WHAT for THING: WHY`; any other is
  /// grouped with its equals only.
  public static List<String> told(List<String> notes) {
    var things = new LinkedHashMap<Claim, List<String>>();
    for (var note : notes) {
      int colon = note.indexOf(": ");
      int thing = note.indexOf(" for ");
      boolean isOfForm = colon > 0 && thing > 0 && thing < colon;
      var claim =
          isOfForm
              ? new Claim(note.substring(0, thing), note.substring(colon + 2))
              : new Claim(note, "");
      var named = things.computeIfAbsent(claim, _ -> new ArrayList<>());
      named.add(isOfForm ? note.substring(thing + 5, colon) : "");
    }
    return things.entrySet().stream().map(e -> told(e.getKey(), e.getValue())).toList();
  }

  private static String told(Claim claim, List<String> things) {
    if (claim.why().isEmpty()) {
      return things.size() == 1 ? claim.of() : claim.of() + " (%d times)".formatted(things.size());
    }
    if (things.size() == 1) {
      return "%s for %s: %s".formatted(claim.of(), things.getFirst(), claim.why());
    }
    int more = things.size() - NAMED;
    return "%s, refused %d times: %s (%s%s)"
        .formatted(
            claim.of(),
            things.size(),
            claim.why(),
            String.join("; ", things.subList(0, Math.min(NAMED, things.size()))),
            more > 0 ? "; and %d more".formatted(more) : "");
  }
}
