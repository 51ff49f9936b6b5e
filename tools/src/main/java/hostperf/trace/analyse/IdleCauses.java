package hostperf.trace.analyse;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// Adds up the moments in which the device idled, by where the host was.
final class IdleCauses {
  private static final int LISTED = 12;

  private record Place(IdlePart part, int range, int function, int around, int inside, int call) {}

  private final Trace trace;
  private final boolean areSampled;
  private final Sweeps now;

  /// The same for the moments of launches, which lie before those of the idle time.
  private final Sweeps launches;

  private final Map<Place, long[]> sums = new HashMap<>();

  /// The places of the last pieces: most pieces are where one shortly before was.
  private final Last[] lasts = new Last[1 << 8];

  private record Sweeps(
      Innermost ranges, Innermost functions, Innermost frames, boolean hasFrames) {
    /// Goes to an instant; says until when all stays as it is.
    long at(int thread, long instant) {
      long until = ranges.at(thread, instant);
      return hasFrames
          ? Math.min(until, Math.min(functions.at(thread, instant), frames.at(thread, instant)))
          : until;
    }

    Place place(IdlePart part, int call) {
      return new Place(
          part, ranges.name(), functions.name(), functions.around(), frames.name(), call);
    }

    boolean areAt(Place place, IdlePart part, int call) {
      return place.part == part
          && place.call == call
          && place.range == ranges.name()
          && place.function == functions.name()
          && place.around == functions.around()
          && place.inside == frames.name();
    }

    static Sweeps of(Trace trace, boolean[] isOwn) {
      int threads = trace.places().threads().size();
      return new Sweeps(
          new Innermost(trace.ranges(), threads, _ -> true),
          new Innermost(trace.frames(), threads, name -> isOwn[name]),
          new Innermost(trace.frames(), threads, _ -> true),
          trace.frames().size() > 0);
    }
  }

  IdleCauses(Trace trace) {
    this.trace = trace;
    Arrays.setAll(lasts, _ -> new Last());
    this.areSampled = trace.source().format() == Trace.Format.NSYS;
    var isOwn = new boolean[trace.names().size()];
    for (int name = 0; name < isOwn.length; name++) {
      isOwn[name] = TracedFunction.isOwn(trace.names().get(name));
    }
    this.now = Sweeps.of(trace, isOwn);
    this.launches = Sweeps.of(trace, isOwn);
  }

  /// Takes a piece of idle time.
  ///
  /// @param thread the thread that launches next, or -1
  /// @param call the number of the name of the call it waited in, or -1
  /// @param launched when what was enqueued was; its moment counts for as long as the piece lasts
  void take(IdlePart part, int thread, int call, long launched, long from, long to) {
    if (part == IdlePart.ENQUEUED) {
      launches.at(thread, launched);
      add(part, launches, call, to - from);
      return;
    }
    long at = from;
    while (at < to) {
      long until = Math.min(to, now.at(thread, at));
      add(part, now, call, until - at);
      at = until;
    }
  }

  private void add(IdlePart part, Sweeps sweeps, int call, long nanos) {
    int mixed = 31 * (31 * sweeps.ranges.name() + sweeps.functions.name()) + sweeps.frames.name();
    Last last = lasts[(31 * (31 * mixed + call) + part.hashCode()) & (lasts.length - 1)];
    if (!sweeps.areAt(last.place, part, call)) {
      last.place = sweeps.place(part, call);
      last.sum = sums.computeIfAbsent(last.place, _ -> new long[1]);
    }
    last.sum[0] += nanos;
  }

  private static final class Last {
    private Place place = new Place(IdlePart.UNKNOWN, -2, -1, -1, -1, -1);
    private long[] sum = new long[1];
  }

  /// @param function at any of its lines
  private record Named(
      IdlePart part,
      Optional<String> range,
      Optional<TracedFunction> function,
      Optional<String> inside,
      Optional<String> call) {}

  /// How long a function was at each of its places.
  private static final class Places {
    private static final int LISTED_LINES = 3;

    private final Map<String, Long> nanos = new HashMap<>();
    private long sum;

    private void add(String place, long time) {
      nanos.merge(place, time, Long::sum);
      sum += time;
    }

    private List<Map.Entry<String, Long>> sorted() {
      return nanos.entrySet().stream()
          .sorted(
              Map.Entry.<String, Long>comparingByValue()
                  .reversed()
                  .thenComparing(Map.Entry.comparingByKey()))
          .toList();
    }

    private String largest() {
      return sorted().getFirst().getKey();
    }

    private List<CodeLine> lines(String function) {
      return sorted().stream()
          .limit(LISTED_LINES)
          .map(
              line ->
                  new CodeLine(
                      function,
                      line.getKey(),
                      sum == 0 ? 0 : (double) line.getValue() / sum,
                      CodeLine.Source.TRACE))
          .toList();
    }
  }

  /// The largest first.
  ///
  /// @param steps how many steps the window has
  /// @param idle all idle time of the window
  /// @param rangeName what ranges are called in tables
  List<IdleCause> list(int steps, long idle, IntFunction<String> rangeName) {
    Map<Named, Places> byName = new HashMap<>();
    sums.forEach(
        (place, sum) -> {
          Optional<TracedFunction> function =
              name(place.function()).flatMap(f -> TracedFunction.of(f, name(place.around())));
          byName
              .computeIfAbsent(
                  new Named(
                      place.part(),
                      place.range() < 0
                          ? Optional.empty()
                          : Optional.of(rangeName.apply(place.range())),
                      function.map(TracedFunction::anywhere),
                      // What launched late work was in does not tell why it is late.
                      place.inside() == place.function() || place.part() == IdlePart.ENQUEUED
                          ? Optional.empty()
                          : name(place.inside()).map(TracedFunction::function),
                      name(place.call()).map(ApiCall::bare)),
                  _ -> new Places())
              .add(function.map(TracedFunction::place).orElse(""), sum[0]);
        });
    var causes = new ArrayList<IdleCause>();
    byName.forEach(
        (named, places) ->
            causes.add(
                new IdleCause(
                    named.part(),
                    named.range(),
                    named.function().map(f -> f.at(places.largest())),
                    named.inside(),
                    named.call(),
                    places.sum / 1e3 / steps,
                    idle == 0 ? 0 : (double) places.sum / idle,
                    areSampled && named.function().isPresent()
                        ? places.lines(named.function().get().name())
                        : List.of())));
    causes.removeIf(cause -> cause.usPerStep() == 0);
    causes.sort(
        Comparator.comparingDouble(IdleCause::usPerStep)
            .reversed()
            .thenComparing(IdleCause::toString));
    return List.copyOf(causes.subList(0, Math.min(LISTED, causes.size())));
  }

  private Optional<String> name(int number) {
    return number < 0 ? Optional.empty() : Optional.of(trace.names().get(number));
  }
}
