package hostperf.run;

import hostperf.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The runs of one checkout, kept below its `.hostperf/`.
public final class Runs {
  private final Path home;
  private final InstantSource clock;
  private final OwnSamples samples = new OwnSamples();

  /// @param checkout root of the checkout
  public Runs(Path checkout, InstantSource clock) {
    this.home = checkout.resolve(".hostperf");
    this.clock = clock;
  }

  /// `.hostperf/`, whether or not it is there.
  Path path() {
    return home;
  }

  /// `.hostperf/`, made on first use; it hides itself from git.
  public Path home() {
    try {
      Files.createDirectories(home);
      var ignore = home.resolve(".gitignore");
      if (!Files.exists(ignore)) {
        Files.writeString(ignore, "*\n");
      }
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not make .hostperf", e);
    }
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
    if (!Files.exists(folder(id).journal())) {
      var known = ids().stream().map(RunId::value).collect(Collectors.joining(", "));
      throw new Refusal(
          "There is no run '%s' in this checkout; known are: %s."
              .formatted(id, known.isEmpty() ? "none yet" : known),
          "Call `status` without arguments to list the runs, or `start_run` to begin one.");
    }
    var run = journal(id).replay(id);
    samples.adopt(id, journal(id));
    return run;
  }

  /// Of all runs, as this process knows them.
  OwnSamples samples() {
    return samples;
  }

  /// Writes the event, then gives the run after it.
  public Run append(Run run, Event event) {
    var next = run.after(event);
    journal(run.id()).append(event);
    return next;
  }

  /// Every run that can be read, oldest first; those whose journal never began are left out.
  public List<Run> all() {
    return ids().stream()
        .flatMap(id -> readable(id).stream())
        .sorted(Comparator.comparing(r -> r.setup().base().started()))
        .toList();
  }

  /// Why the others cannot be read.
  public List<String> unreadable() {
    var reasons = new ArrayList<String>();
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
    return new RunFolder(home.resolve(id.value()));
  }

  public Journal journal(RunId id) {
    return new Journal(folder(id).journal(), clock);
  }

  private List<RunId> ids() {
    var ids = new ArrayList<RunId>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(home, "run-????????")) {
      for (Path folder : folders) {
        if (RunId.isOne(folder.getFileName().toString())
            && Files.exists(folder.resolve("journal.jsonl"))) {
          ids.add(new RunId(folder.getFileName().toString()));
        }
      }
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not list .hostperf", e);
    }
    ids.sort(Comparator.comparing(RunId::value));
    return ids;
  }
}
