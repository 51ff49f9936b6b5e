package hostperf.catalog;

import hostperf.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The prompts and the server's instructions, read from `prompts/` when they are asked for.
///
/// @param folder `prompts/`
public record Prompts(Path folder) {
  private static final String INSTRUCTIONS = "instructions.md";

  /// All prompts, by name.
  public List<Prompt> all() {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.endsWith(INSTRUCTIONS))
          .sorted()
          .map(Prompts::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @throws Refusal naming the known ones, where there is no such prompt
  public Prompt of(String name) {
    var all = all();
    return all.stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "No prompt '%s'; there are %s."
                        .formatted(
                            name, String.join(", ", all.stream().map(Prompt::name).toList())),
                    "Ask for one of them."));
  }

  /// What every client is told when it connects. Clients cut it at 2 KB, so it is shorter.
  public String instructions() {
    return Page.read(folder.resolve(INSTRUCTIONS)).text();
  }

  private static Prompt read(Path file) {
    var page = Page.read(file);
    var name = file.getFileName().toString();
    var front =
        Fields.parse(name, page.front()).withOnly("name", "title", "description", "arguments");
    return new Prompt(
        front.text("name"),
        front.text("title"),
        front.text("description"),
        front.records("arguments").stream().map(Prompts::argument).toList(),
        page.text().strip() + "\n");
  }

  private static Prompt.Argument argument(Fields block) {
    var argument = block.withOnly("name", "description", "required", "otherwise", "form");
    return new Prompt.Argument(
        argument.text("name"),
        argument.text("description"),
        argument.isTrue("required"),
        argument.textOr("otherwise", "not given"),
        Pattern.compile(argument.textOr("form", "(?s).*")));
  }
}
