package hostperf.catalog;

import hostperf.Refusal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A text that starts an agent on a piece of work: one file under `prompts/`.
///
/// @param name as a client calls it
/// @param body Markdown with a place `{{name}}` for each argument
public record Prompt(
    String name, String title, String description, List<Argument> arguments, String body) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final int LONGEST = 2_000;

  public Prompt {
    arguments = List.copyOf(arguments);
  }

  /// What a caller may fill in.
  ///
  /// @param otherwise stands in the place when an argument that is not required is left out
  public record Argument(String name, String description, boolean required, String otherwise) {}

  /// The body with its places filled.
  ///
  /// What a caller gives is quoted material: it stands between `<argument>` tags, without control
  /// characters, cut at 2,000 characters, and cannot close the tag itself.
  ///
  /// @throws Refusal for a required argument that is missing and for one that is not known
  public String filled(Map<String, String> values) {
    refuseUnknown(values);
    var inPlace =
        arguments.stream().collect(Collectors.toMap(Argument::name, a -> valueOf(a, values)));
    return PLACE
        .matcher(body)
        .replaceAll(m -> Matcher.quoteReplacement(inPlace.getOrDefault(m.group(1), m.group())));
  }

  private String valueOf(Argument argument, Map<String, String> values) {
    var value = values.getOrDefault(argument.name(), "").strip();
    if (!value.isEmpty()) {
      return quoted(argument.name(), value);
    }
    if (argument.required()) {
      throw new Refusal(
          "Prompt '%s' needs the argument '%s': %s"
              .formatted(name, argument.name(), argument.description()),
          "Ask for the prompt again with it.");
    }
    return argument.otherwise();
  }

  private void refuseUnknown(Map<String, String> values) {
    var known = arguments.stream().map(Argument::name).collect(Collectors.toSet());
    for (var given : values.keySet()) {
      if (!known.contains(given)) {
        throw new Refusal(
            "Prompt '%s' has no argument '%s'; it takes %s."
                .formatted(name, given, known.stream().sorted().collect(Collectors.joining(", "))),
            "Ask for the prompt again without it.");
      }
    }
  }

  private static String quoted(String name, String value) {
    var clean = value.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "").replace("</argument", "</ argument");
    var cut = clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST - 1) + "…";
    return "<argument name=\"%s\">%s</argument>".formatted(name, cut);
  }
}
