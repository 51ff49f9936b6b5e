package hostperf.catalog;

import hostperf.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
  /// @param form what a value looks like; free words where it matches everything
  public record Argument(
      String name, String description, boolean required, String otherwise, Pattern form) {
    private static final Pattern FREE = Pattern.compile("(?s).*");

    /// One that takes free words.
    public Argument(String name, String description, boolean required, String otherwise) {
      this(name, description, required, otherwise, FREE);
    }

    boolean fits(String value) {
      return form.matcher(value).matches();
    }

    boolean isFree() {
      return form.pattern().equals(FREE.pattern());
    }
  }

  /// The body with its places filled.
  ///
  /// What a caller gives is quoted material: it stands between `<argument>` tags, without control
  /// characters, cut at 2,000 characters, and cannot close the tag itself.
  ///
  /// @throws Refusal for a required argument that is missing and for one that is not known
  public String filled(Map<String, String> given) {
    refuseUnknown(given);
    var values = joined(given);
    var inPlace =
        arguments.stream().collect(Collectors.toMap(Argument::name, a -> valueOf(a, values)));
    return PLACE
        .matcher(body)
        .replaceAll(m -> Matcher.quoteReplacement(inPlace.getOrDefault(m.group(1), m.group())));
  }

  /// Clients with slash commands hand out the words typed after a command one by one, in the order
  /// of the arguments. A word that is not what its argument takes belongs to the first that takes
  /// free words.
  private Map<String, String> joined(Map<String, String> given) {
    var values = new LinkedHashMap<>(given);
    var free = arguments.stream().filter(Argument::isFree).findFirst();
    var words = new ArrayList<String>();
    for (var argument : arguments) {
      var value = values.getOrDefault(argument.name(), "").strip();
      boolean isWord = free.isPresent() && !value.isEmpty() && !argument.fits(value);
      if (isWord || argument.equals(free.orElse(null))) {
        words.add(value);
        values.remove(argument.name());
      }
    }
    free.ifPresent(a -> values.put(a.name(), String.join(" ", words).strip()));
    return values;
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
