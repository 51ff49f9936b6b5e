package hostperf.trace.steps;

import hostperf.trace.read.Copy;
import hostperf.trace.read.Events;
import hostperf.trace.read.Trace;
import hostperf.trace.read.Track;
import java.util.List;

/// What one process had its devices do, kernels and copies together, in order.
final class DeviceWork {
  /// Takes one piece of work.
  interface Sink {
    void take(Piece piece);
  }

  /// One piece of work; the same object again and again.
  static final class Piece {
    private long start;
    private long end;
    private int name;
    private Track.Kind kind = Track.Kind.EAGER;
    private Copy copy = Copy.OTHER;
    private boolean isCopy;

    long start() {
      return start;
    }

    long end() {
      return end;
    }

    int name() {
      return name;
    }

    boolean isGraph() {
      return !isCopy && kind != Track.Kind.EAGER;
    }

    boolean isKernel() {
      return !isCopy;
    }

    boolean isReadBack() {
      return isCopy && copy == Copy.TO_HOST;
    }
  }

  private DeviceWork() {}

  static void forEach(Trace trace, long process, Sink sink) {
    var piece = new Piece();
    Copy[] copies =
        trace.names().stream().map(n -> Copy.of(n).orElse(Copy.OTHER)).toArray(Copy[]::new);
    List<Track> tracks = trace.places().tracks();
    Events gpu = trace.gpu();
    Events memory = trace.copies();
    int i = 0;
    int j = 0;
    while (i < gpu.size() || j < memory.size()) {
      boolean isKernel = j == memory.size() || (i < gpu.size() && gpu.start(i) <= memory.start(j));
      Events from = isKernel ? gpu : memory;
      int at = isKernel ? i++ : j++;
      Track track = tracks.get(from.place(at));
      if (track.process() == process) {
        piece.start = from.start(at);
        piece.end = from.end(at);
        piece.name = from.name(at);
        piece.kind = track.kind();
        piece.isCopy = !isKernel;
        piece.copy = copies[piece.name];
        sink.take(piece);
      }
    }
  }
}
