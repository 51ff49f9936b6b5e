package hostperf.server;

import hostperf.catalog.Prompts;
import hostperf.catalog.References;
import hostperf.run.Runs;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What may stand for an argument that somebody is typing: paths of pages, ids of runs.
public final class Completions {
  private static final int MOST = 100;
  private static final String RUN_ID = "run_id";

  private final References references;
  private final Runs runs;
  private final Prompts prompts;

  public Completions(References references, Runs runs, Prompts prompts) {
    this.references = references;
    this.runs = runs;
    this.prompts = prompts;
  }

  List<SyncCompletionSpecification> specifications() {
    var all = new ArrayList<SyncCompletionSpecification>();
    all.add(of(new McpSchema.ResourceReference(McpResources.PAGE), a -> pages(a.value())));
    all.add(of(new McpSchema.ResourceReference(McpResources.REPORT), this::ofRun));
    all.add(of(new McpSchema.ResourceReference(McpResources.JOURNAL), this::ofRun));
    prompts
        .all()
        .forEach(p -> all.add(of(new McpSchema.PromptReference(p.name()), this::ofRun)));
    return all;
  }

  private static SyncCompletionSpecification of(
      McpSchema.CompleteReference reference,
      Function<McpSchema.CompleteRequest.CompleteArgument, List<String>> values) {
    return new SyncCompletionSpecification(
        reference, (_, request) -> result(values.apply(request.argument())));
  }

  private List<String> pages(String begun) {
    return references.complete(begun).stream().filter(p -> p.startsWith(begun)).toList();
  }

  /// The latest first; nothing for free words.
  private List<String> ofRun(McpSchema.CompleteRequest.CompleteArgument argument) {
    if (!argument.name().equals(RUN_ID)) {
      return List.of();
    }
    return runs.all().reversed().stream()
        .map(r -> r.id().value())
        .filter(id -> id.startsWith(argument.value()))
        .toList();
  }

  private static McpSchema.CompleteResult result(List<String> fitting) {
    var first = fitting.subList(0, Math.min(MOST, fitting.size()));
    return new McpSchema.CompleteResult(
        new McpSchema.CompleteResult.CompleteCompletion(
            first, fitting.size(), first.size() < fitting.size()));
  }
}
