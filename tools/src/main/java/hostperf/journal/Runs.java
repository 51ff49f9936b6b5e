package hostperf.journal;

import hostperf.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The runs of one checkout, kept below its `.hostperf/`.
public final class Runs {
  private final Home home;
  private final InstantSource clock;
  private final OwnSamples samples = new OwnSamples();

  public Runs(Home home, InstantSource clock) {
    this.home = home;
    this.clock = clock;
  }

  /// `.hostperf/`, made on first use.
  public Path home() {
    return home.made();
  }

  /// Begins a run: its journal's first line is on disk when this returns.
  public Run begin(RunId id, Setup setup) {
    var _ = home();
    var started = new Event.Started(setup);
    journal(id).append(started);
    samples.adopt(id, journal(id));
    return Run.begin(id, started);
  }

  /// The run as its journal tells it; an unknown id is refused with those that exist.
  public Run load(RunId id) {
    home.require();
    if (!Files.exists(folder(id).journal())) {
      var known = ids().stream().map(RunId::value).collect(Collectors.joining(", "));
      throw new Refusal(
          "There is no run '%s' in this checkout; known are: %s."
              .formatted(id, known.isEmpty() ? "none yet" : known),
          "Call `status` without arguments to list the runs, or `start_run` to begin one.");
    }
    var run = journal(id).replay();
    samples.adopt(id, journal(id));
    return run;
  }

  /// Of all runs, as this process knows them.
  public OwnSamples samples() {
    return samples;
  }

  /// Writes the event, then gives the run after it.
  public Run append(Run run, Event event) {
    var next = run.after(event);
    journal(run.id()).append(event);
    return next;
  }

  /// Every run that can be read, oldest first; those whose journal never began are left out. None
  /// where `.hostperf/` is not this user's.
  public List<Run> all() {
    return ids().stream()
        .flatMap(id -> readable(id).stream())
        .sorted(Comparator.comparing(r -> r.setup().base().started()))
        .toList();
  }

  /// Why the others cannot be read, or why nothing is.
  public List<String> unreadable() {
    var reasons = new ArrayList<String>();
    home.fault().ifPresent(fault -> reasons.add(fault.why() + " " + fault.next()));
    for (var id : ids()) {
      try {
        if (!journal(id).entries().isEmpty()) {
          var _ = load(id);
        }
      } catch (Refusal refusal) {
        reasons.add(refusal.why() + " " + refusal.next());
      }
    }
    return List.copyOf(reasons);
  }

  private Optional<Run> readable(RunId id) {
    try {
      return journal(id).entries().isEmpty() ? Optional.empty() : Optional.of(load(id));
    } catch (Refusal _) {
      return Optional.empty();
    }
  }

  public RunFolder folder(RunId id) {
    return new RunFolder(home.files().folder(id.value()));
  }

  public Journal journal(RunId id) {
    return new Journal(home, id, clock);
  }

  /// The ids of all runs that began, also of those that cannot be read.
  public List<RunId> known() {
    home.require();
    return ids();
  }

  private List<RunId> ids() {
    if (home.fault().isPresent()) {
      return List.of();
    }
    return home.files().names("").stream()
        .filter(RunId::isOne)
        .filter(name -> Files.exists(home.path().resolve(name).resolve(RunFolder.JOURNAL)))
        .map(RunId::new)
        .toList();
  }
}
