package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.classify.AgentClaim;
import hostperf.classify.Hotspot;
import hostperf.classify.UnreadLines;
import hostperf.classify.facts.HotspotType;
import hostperf.profile.Observed;
import hostperf.propose.Proposer;
import hostperf.report.UntrustedText;
import hostperf.tool.AnalysisRows;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf options`: what can be done about one hotspot of a report, without a run.
@Command(name = "options", description = "Proposes options for one hotspot of a report.")
final class OptionsCommand implements Callable<Integer> {
  private static final int MOST = 500;

  @ParentCommand private HostperfCommand hostperf;
  @Mixin private ProfileInput input;

  @Option(
      names = "--hotspot",
      required = true,
      paramLabel = "ID",
      description = "As `hostperf classify` lists it, such as h1.")
  private String hotspotId;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "What you judge it to be, where you disagree with `classify`: one of"
              + " ${COMPLETION-CANDIDATES}.")
  private HotspotType type;

  @Option(names = "--because", paramLabel = "TEXT", description = "Why it is of that type.")
  private String because;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var read = input.read(hostperf);
    var hotspots = input.hotspots(read, hostperf);
    var hotspot =
        hotspots.stream()
            .filter(h -> h.id().equals(hotspotId))
            .findFirst()
            .orElseThrow(() -> unknown(hotspots, read));
    var proposal =
        new Proposer(hostperf.installation().texts().targets().loggers())
            .propose(
                new AgentClaim(Optional.ofNullable(type), Optional.ofNullable(because))
                    .about(Optional.of(hotspot))
                    .map(word -> word.on(hotspot))
                    .orElse(hotspot),
                Observed.of(read.profile()),
                read.sources(),
                hostperf.installation().texts().catalog());
    return hostperf.console().answer(AnalysisRows.proposed(hotspotId, proposal, List.of()), json);
  }

  private Refusal unknown(List<Hotspot> hotspots, ProfileInput.Read read) {
    return new Refusal(
        "The report has no hotspot '%s'; it has %s."
            .formatted(
                hotspotId,
                hotspots.isEmpty()
                    ? "none"
                    : hotspots.stream().map(Hotspot::id).collect(Collectors.joining(", "))),
        UnreadLines.of(read.profile(), read.sources())
            .map(why -> UntrustedText.line(why, MOST) + " Name its source with --source.")
            .orElse("Run `hostperf classify` to see them."));
  }
}
