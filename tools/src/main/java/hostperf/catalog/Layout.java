package hostperf.catalog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// One way in which a part of an engine is laid out, told by a file.
///
/// @param part such as `sampler`
/// @param is in words, such as `a package`
/// @param file relative to the checkout
public record Layout(String part, String is, String file) {

  /// What a checkout has of each part, in words: of one part's layouts the first whose file is
  /// there. Empty where it has none of them.
  public static String of(List<Layout> layouts, Path checkout) {
    var found = new LinkedHashMap<String, String>();
    layouts.stream()
        .filter(layout -> Files.isRegularFile(checkout.resolve(layout.file())))
        .forEach(layout -> found.putIfAbsent(layout.part(), layout.is()));
    return found.entrySet().stream()
        .map(part -> part.getKey() + ": " + part.getValue())
        .collect(Collectors.joining("; "));
  }
}
