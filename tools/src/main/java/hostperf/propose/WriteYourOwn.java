package hostperf.propose;

import hostperf.classify.Hotspot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The option to write an edit that no pattern describes, with what is known of the line.
public final class WriteYourOwn {
  public static final String PATTERN = "write-your-own";

  /// More than a reader takes in at once.
  private static final int MOST = 4;

  private WriteYourOwn() {}

  public static boolean isOne(Option option) {
    return option.pattern().equals(PATTERN);
  }

  static Option option(Hotspot hotspot, List<Sight> sights) {
    var known =
        sights.stream()
            .filter(s -> !s.isContext())
            .limit(MOST)
            .map(Sight::text)
            .collect(Collectors.joining(". ", "", "."));
    return new Option(
        "",
        PATTERN,
        "Write your own edit",
        new Option.Savings(
            hotspot.cost().time(),
            hotspot.cost().share(),
            hotspot.cost().whole().map(Hotspot.Whole::root)),
        new Option.Advice(
            known.equals(".")
                ? "Nothing more is known of the line."
                : "Known of the line: " + known,
            Risk.LOW,
            "moderate",
            List.of(),
            "Run the tests that cover the function, then measure."),
        Optional.empty());
  }
}
