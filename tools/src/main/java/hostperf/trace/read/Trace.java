package hostperf.trace.read;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A trace in the one form that every reader makes of its file.
///
/// @param names what the rows' names stand for; no two ranges of one name have different numbers
public record Trace(Source source, Tables tables, List<String> names, Places places) {
  public Trace {
    names = List.copyOf(names);
  }

  /// Which file it is, and what its reader has to say about it.
  ///
  /// @param origin where it comes from, as far as the file says
  /// @param rank of a distributed run, where the file says it
  /// @param absent kinds of rows that the file does not record: what they would tell is unknown
  /// @param notes rows that had no usable time, and the like
  public record Source(
      Path file,
      Format format,
      Optional<Integer> rank,
      TraceOrigin origin,
      List<Kind> absent,
      List<String> notes) {
    public Source {
      absent = List.copyOf(absent);
      notes = List.copyOf(notes);
    }
  }

  public enum Format {
    NSYS,
    KINETO
  }

  /// Kinds of rows whose absence matters.
  public enum Kind {
    CALLS("CUDA calls"),
    COPIES("memory copies");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /// The rows. Names index `names`; work and the call that launched it have equal links.
  ///
  /// @param gpu kernels and graph replays; places index `tracks`
  /// @param copies copies and memsets, named by `Copy`; places index `tracks`
  /// @param calls CUDA calls; places index `threads`. A reader may leave out short calls that
  ///     neither launch nor wait
  /// @param ranges NVTX or user ranges; places index `threads`
  /// @param frames Python functions while they run; places index `threads`
  public record Tables(Events gpu, Events copies, Events calls, Events ranges, Events frames) {}

  public record Places(List<Track> tracks, List<HostThread> threads) {
    public Places {
      tracks = List.copyOf(tracks);
      threads = List.copyOf(threads);
    }
  }

  public Events gpu() {
    return tables.gpu();
  }

  public Events copies() {
    return tables.copies();
  }

  public Events calls() {
    return tables.calls();
  }

  public Events ranges() {
    return tables.ranges();
  }

  public Events frames() {
    return tables.frames();
  }

  public boolean records(Kind kind) {
    return !source.absent().contains(kind);
  }

  /// Which tracks are so, by their numbers.
  public boolean[] tracks(Predicate<Track> wanted) {
    var flags = new boolean[places.tracks().size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = wanted.test(places.tracks().get(i));
    }
    return flags;
  }

  public long processOfThread(int thread) {
    return places.threads().get(thread).process();
  }
}
