package hostperf.server.cli.serving;

import hostperf.agent.Tool;
import hostperf.configuration.ModelSettings;
import hostperf.host.LocalProcesses;
import hostperf.host.Orphans;
import hostperf.job.Checkout;
import hostperf.server.Completions;
import hostperf.server.McpPrompts;
import hostperf.server.McpResources;
import hostperf.server.McpTools;
import hostperf.server.Offer;
import hostperf.server.Skills;
import hostperf.server.Structured;
import hostperf.server.model.ModelDrafter;
import hostperf.server.wire.Defects;
import hostperf.tool.Access;
import hostperf.tool.AllTools;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// A checkout with everything that a server offers of it.
public final class Served implements AutoCloseable {
  private final Installation installation;
  private final Checkout checkout;
  private final AllTools tools;

  private Served(Installation installation, Checkout checkout, AllTools tools) {
    this.installation = installation;
    this.checkout = checkout;
    this.tools = tools;
  }

  /// @param directory as given
  /// @param orphans what this process adopts
  static Served of(
      Installation installation, Path directory, Access access, ModelFlags model, Orphans orphans) {
    var folder = Installation.folder(directory);
    var root = installation.checkout(folder).root();
    var withheld =
        model.settings(root).flatMap(ModelSettings::apiKeyEnv).map(Set::of).orElse(Set.of());
    var checkout = installation.checkout(folder, new LocalProcesses(withheld, orphans));
    var drafter =
        new ModelDrafter(
            () -> model.settings(root),
            System.getenv(),
            () -> installation.texts().prompts().of("draft_patch"),
            installation.clock());
    var tools = new AllTools(checkout, installation.texts(), drafter, Structured::of, access);
    return new Served(installation, checkout, tools);
  }

  Checkout checkout() {
    return checkout;
  }

  Path root() {
    return checkout.root();
  }

  /// To clients that may do everything.
  Offer full() {
    return offer(tools.list());
  }

  /// To clients that may only look.
  Offer looking() {
    return offer(tools.looking());
  }

  private Offer offer(List<Tool<?>> offered) {
    var texts = installation.texts();
    var skills = new Skills(texts.skill());
    return new Offer(
        new McpTools(offered, installation.errorIds()),
        new McpResources(texts.references(), skills, checkout.runs()),
        new McpPrompts(texts.prompts()),
        skills,
        new Completions(texts.references(), checkout.runs()),
        new Defects(installation.errorIds()),
        installation.version());
  }

  boolean isBusy() {
    return tools.isBusy();
  }

  /// Neither jobs nor their processes outlive this.
  @Override
  public void close() {
    tools.close();
  }
}
