package hostperf.server;

import hostperf.Refusal;
import hostperf.catalog.References;
import hostperf.journal.RunId;
import hostperf.journal.Runs;
import hostperf.report.UntrustedText;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The catalogue's pages, the files of the skill, and the runs' journals and reports as MCP
/// resources.
public final class McpResources {
  static final String PAGES = "hostperf://references/";
  private static final String RUNS = "hostperf://runs/";
  static final String PAGE = PAGES + "{path}";
  static final String REPORT = RUNS + "{run_id}/report";
  static final String JOURNAL = RUNS + "{run_id}/journal";

  private static final Pattern RUN = Pattern.compile(RUNS + "[^/]*/(report|journal)");

  private final References references;
  private final Skills skills;
  private final Runs runs;

  public McpResources(References references, Skills skills, Runs runs) {
    this.references = references;
    this.skills = skills;
    this.runs = runs;
  }

  /// One for each page, and the skill. Its other files are these pages.
  List<McpSchema.Resource> definitions() {
    return Stream.concat(
            references.all().stream()
                .map(
                    page ->
                        McpSchema.Resource.builder(PAGES + page.path(), page.path())
                            .title(page.title())
                            .description(page.summary())
                            .mimeType("text/markdown")
                            .build()),
            Stream.of(
                McpSchema.Resource.builder(skills.uri(), skills.name())
                    .description(skills.description())
                    .mimeType("text/markdown")
                    .build()))
        .toList();
  }

  List<McpSchema.ResourceTemplate> templates() {
    return List.of(
        template(PAGE, "reference", "A page of the catalogue", "text/markdown"),
        template(REPORT, "report", "The report of a run", "text/markdown"),
        template(JOURNAL, "journal", "A run's journal", "application/jsonl"));
  }

  private static McpSchema.ResourceTemplate template(
      String uri, String name, String description, String type) {
    return McpSchema.ResourceTemplate.builder(uri, name)
        .description(description)
        .mimeType(type)
        .build();
  }

  /// Refuses what is not there.
  McpSchema.ReadResourceResult read(String uri) {
    if (uri.startsWith(PAGES)) {
      return page(uri);
    }
    if (RUN.matcher(uri).matches()) {
      return run(uri);
    }
    var file = skills.text(uri);
    if (file.isPresent()) {
      return text(uri, "text/markdown", file.get());
    }
    throw new Refusal(
        "There is no resource '%s'.".formatted(UntrustedText.line(uri, 60)),
        "List the resources and their templates.");
  }

  private McpSchema.ReadResourceResult page(String uri) {
    var path = uri.substring(PAGES.length());
    var content =
        references
            .text(path)
            .orElseThrow(
                () ->
                    new Refusal(
                        "There is no page '%s'.".formatted(path),
                        "List the resources, or call `search_references`."));
    return text(uri, "text/markdown", content);
  }

  private McpSchema.ReadResourceResult run(String uri) {
    var parts = uri.substring(RUNS.length()).split("/", -1);
    var folder = runs.folder(runs.load(new RunId(parts[0])).id());
    boolean isJournal = parts[1].equals("journal");
    var file = isJournal ? "journal.jsonl" : "report.md";
    var content =
        folder
            .look(file)
            .orElseThrow(
                () ->
                    new Refusal(
                        "Run '%s' has no report yet.".formatted(parts[0]),
                        "Call `report` for it first."));
    return text(uri, isJournal ? "application/jsonl" : "text/markdown", content);
  }

  private static McpSchema.ReadResourceResult text(String uri, String type, String content) {
    var contents = McpSchema.TextResourceContents.builder(uri, content).mimeType(type).build();
    return McpSchema.ReadResourceResult.builder(List.of(contents)).build();
  }
}
