package hostperf.trace.read;

import java.nio.file.Path;
import java.util.List;

/// A trace in the one form that every reader makes of its file.
///
/// @param names what the rows' names stand for; no two ranges of one name have different numbers
public record Trace(Source source, Tables tables, List<String> names, Places places) {
  public Trace {
    names = List.copyOf(names);
  }

  /// Which file it is, and what its reader has to say about it.
  ///
  /// @param notes rows that had no usable time, and the like
  public record Source(Path file, Format format, List<String> notes) {
    public Source {
      notes = List.copyOf(notes);
    }
  }

  public enum Format {
    NSYS,
    KINETO
  }

  /// The rows. Names index `names`.
  ///
  /// @param gpu kernels and graph replays; places index `tracks`
  /// @param calls CUDA calls; places index `threads`. A reader may leave out short calls that
  ///     neither launch nor wait
  /// @param ranges NVTX or user ranges; places index `threads`
  public record Tables(Events gpu, Events calls, Events ranges) {}

  public record Places(List<Track> tracks, List<HostThread> threads) {
    public Places {
      tracks = List.copyOf(tracks);
      threads = List.copyOf(threads);
    }
  }

  public Events gpu() {
    return tables.gpu();
  }

  public Events calls() {
    return tables.calls();
  }

  public Events ranges() {
    return tables.ranges();
  }

  public long processOfThread(int thread) {
    return places.threads().get(thread).process();
  }
}
