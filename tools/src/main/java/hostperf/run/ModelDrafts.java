package hostperf.run;

import hostperf.catalog.Catalog;
import hostperf.catalog.Pattern;
import hostperf.classify.Hotspot;
import hostperf.job.Checkout;
import hostperf.job.Locking;
import hostperf.journal.Event;
import hostperf.journal.Run;
import hostperf.journal.Transcripts;
import hostperf.patch.PatchReader;
import hostperf.propose.Drafter;
import hostperf.propose.Drafter.Answer;
import hostperf.propose.Option;
import hostperf.propose.Proposal;
import hostperf.propose.Risk;
import hostperf.repository.Repository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Has a model draft the options of a hotspot that the server has no draft for.
///
/// The model is asked only where the server itself could draft nothing: a draft of a known shape is
/// surer than a written one, and costs nothing. What was refused is noted in the run's journal.
final class ModelDrafts {
  /// Options that are asked about, best first.
  private static final int CANDIDATES = 3;

  /// One answer and one repair.
  private static final int TRIES = 2;

  private final Checkout checkout;
  private final Drafter drafter;
  private final Catalog catalog;

  ModelDrafts(Checkout checkout, Drafter drafter, Catalog catalog) {
    this.checkout = checkout;
    this.drafter = drafter;
    this.catalog = catalog;
  }

  /// The proposal with the model's drafts in it.
  Proposal fill(Run run, Hotspot hotspot, Proposal proposal, Consumer<String> progress) {
    var source = source(hotspot);
    if (!isWanted(proposal) || source.isEmpty()) {
      return proposal;
    }
    var session = new Session(run, hotspot, source.get(), progress);
    var drafts = new HashMap<String, Option.Draft>();
    for (var option : undrafted(proposal)) {
      session.draft(option).ifPresent(d -> drafts.put(option.id(), d));
      if (session.isOver()) {
        break;
      }
    }
    return drafts.isEmpty() ? proposal : with(proposal, drafts);
  }

  private boolean isWanted(Proposal proposal) {
    return drafter.isThere()
        && !proposal.recommendedOption().changesNothing()
        && proposal.options().stream().allMatch(o -> o.draft().isEmpty());
  }

  private List<Option> undrafted(Proposal proposal) {
    return proposal.options().stream()
        .filter(o -> !o.changesNothing())
        .sorted(Comparator.comparing(o -> !o.id().equals(proposal.recommended())))
        .limit(CANDIDATES)
        .toList();
  }

  /// The pattern's entry; what is known of the line where no pattern fits it.
  private String page(Option option) {
    return catalog.patterns().stream()
        .filter(p -> p.id().equals(option.pattern()))
        .findFirst()
        .map(Pattern::prose)
        .orElse(option.advice().description());
  }

  private Optional<String> source(Hotspot hotspot) {
    var place = hotspot.place();
    return checkout
        .sources()
        .file(place.file())
        .flatMap(
            f ->
                f.functionAt(place.line())
                    .map(
                        fn ->
                            f.text()
                                .substring(
                                    f.offset(fn.firstLine()),
                                    fn.endLine() < f.lineCount()
                                        ? f.offset(fn.endLine() + 1)
                                        : f.text().length())));
  }

  private static Proposal with(Proposal proposal, Map<String, Option.Draft> drafts) {
    var options =
        proposal.options().stream()
            .map(o -> drafts.containsKey(o.id()) ? drafted(o, drafts.get(o.id())) : o)
            .toList();
    var first =
        drafts.containsKey(proposal.recommended())
            ? proposal.recommended()
            : options.stream().filter(o -> o.draft().isPresent()).findFirst().orElseThrow().id();
    var reasoning =
        proposal.reasoning() + " %s has a draft by the model; read it first.".formatted(first);
    return new Proposal(options, first, reasoning, proposal.context());
  }

  private static Option drafted(Option o, Option.Draft draft) {
    var advice = o.advice();
    // Nobody has proved a model's edit, so it is never free of risk.
    var risk = advice.risk() == Risk.ZERO ? Risk.LOW : advice.risk();
    return new Option(
        o.id(),
        o.pattern(),
        o.title(),
        o.savings(),
        new Option.Advice(
            advice.description(),
            risk,
            advice.complexity(),
            advice.mustHold(),
            advice.validation()),
        Optional.of(draft));
  }

  /// The exchange about one hotspot.
  private final class Session {
    private final Run run;
    private final Hotspot hotspot;
    private final String source;
    private final Consumer<String> progress;
    private final DraftCheck check;
    private boolean over;

    Session(Run run, Hotspot hotspot, String source, Consumer<String> progress) {
      this.run = run;
      this.hotspot = hotspot;
      this.source = source;
      this.progress = progress;
      Repository repository = checkout.repository();
      var configuration = Locking.configuration(checkout, run);
      var reader =
          new PatchReader(
              Patching.policy(checkout, configuration), repository.tree(repository.head()));
      this.check =
          new DraftCheck(
              reader,
              Patching.metricPatterns(configuration),
              Patching.neighbours(repository, run.setup().base().commit()),
              checkout.sources());
    }

    boolean isOver() {
      return over;
    }

    Optional<Option.Draft> draft(Option option) {
      var task =
          new Drafter.Task(
              hotspot,
              option,
              source,
              page(option),
              Transcripts.file(checkout.runs().folder(run.id()), run));
      var refused = new ArrayList<Drafter.Refused>();
      for (int i = 0; i < TRIES; i++) {
        progress.accept("the model drafts option %s (%s)".formatted(option.id(), option.pattern()));
        switch (drafter.draft(task, refused)) {
          case Answer.Written w -> {
            if (refused.stream().anyMatch(r -> r.edits().equals(w.edits()))) {
              note(option, "the model wrote the same refused edit again");
              return Optional.empty();
            }
            switch (check.check(hotspot, w.edits())) {
              case DraftCheck.Checked.Fits fits -> {
                return Optional.of(new Option.Draft("model", fits.changes()));
              }
              case DraftCheck.Checked.Refused no -> {
                note(option, no.why());
                refused.add(new Drafter.Refused(w.edits(), no.why()));
              }
            }
          }
          case Answer.Nothing n -> {
            note(option, n.why());
            return Optional.empty();
          }
          case Answer.Unavailable u -> {
            lost(u.why());
            over = true;
            return Optional.empty();
          }
        }
      }
      return Optional.empty();
    }

    private void note(Option option, String why) {
      var place = hotspot.place();
      note(
          "No draft by the model for %s:%d, option %s (%s): %s"
              .formatted(place.file(), place.line(), option.id(), option.pattern(), why));
    }

    /// Told once: it is the same for every hotspot.
    private void lost(String why) {
      var text = "No draft by the model: " + why;
      if (!run.notes().contains(text)) {
        note(text);
      }
    }

    private void note(String text) {
      progress.accept(text);
      checkout.runs().journal(run.id()).append(new Event.Noted("draft", text));
    }
  }
}
