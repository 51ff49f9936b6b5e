package hostperf.source;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A type as written, and where: what it names, and what a container of that type holds.
public record Annotation(String text, PythonFile file) {
  private static final Pattern CONTAINER = Pattern.compile("(?s)([\\w.]+)\\s*\\[(.*)]");
  private static final Pattern ELEMENTS =
      Pattern.compile(
          "(?s)(?:\\w+\\.)*(?:[Ll]ist|Sequence|Iterable|Collection|[Ss]et|[Tt]uple|[Dd]eque)"
              + "\\[(.+?)(?:, *\\.\\.\\.)?]");
  private static final List<String> TRANSPARENT =
      List.of("Optional", "Final", "ClassVar", "Annotated", "Type", "type", "Awaitable");

  public Annotation {
    text = text.strip().replaceAll("^[\"']|[\"']$", "");
  }

  private Annotation part(String part) {
    return new Annotation(part, file);
  }

  /// The types that it names, `None` aside: several for a union.
  List<String> names() {
    return Stream.of(text.split("\\|"))
        .map(String::strip)
        .filter(p -> !p.equals("None"))
        .flatMap(p -> unwrapped(p).stream())
        .toList();
  }

  private List<String> unwrapped(String alternative) {
    var container = CONTAINER.matcher(alternative);
    if (!container.matches()) {
      return List.of(alternative);
    }
    var name = container.group(1);
    return TRANSPARENT.contains(name.substring(name.lastIndexOf('.') + 1))
        ? part(container.group(2).split(",")[0]).names()
        : List.of(name);
  }

  /// What going over a container gives; none for a mapping.
  Optional<Annotation> element() {
    var container = CONTAINER.matcher(text);
    if (!container.matches()) {
      return Optional.empty();
    }
    if (container.group(1).endsWith("Optional")) {
      return part(container.group(2)).element();
    }
    var listed = ELEMENTS.matcher(text);
    return listed.matches()
            && (!listed.group(1).contains(",") || !container.group(1).matches("(?i).*tuple"))
        ? Optional.of(part(listed.group(1)))
        : Optional.empty();
  }

  /// What looking up in a container gives; of a mapping its values (`dict[str, Request]` →
  /// `Request`).
  Optional<Annotation> lookedUp() {
    var container = CONTAINER.matcher(text);
    if (!container.matches()) {
      return Optional.empty();
    }
    var inside = container.group(2);
    return container.group(1).endsWith("Optional")
        ? part(inside).lookedUp()
        : element().or(() -> Optional.of(part(inside.substring(inside.lastIndexOf(',') + 1))));
  }
}
