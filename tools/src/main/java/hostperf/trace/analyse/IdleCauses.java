package hostperf.trace.analyse;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/// Adds up the moments in which the device idled, by where the host was.
final class IdleCauses implements IdleParts.HostPieces {
  private static final int LISTED = 12;

  private record Place(IdlePart part, int range, int function, int around, int inside, int call) {}

  private final Trace trace;
  private final boolean hasRanges;
  private final boolean hasFrames;
  private final boolean areSampled;
  private final Sweeps now;

  /// The same for the moments of launches, which lie before those of the idle time.
  private final Sweeps launches;

  private final Map<Place, long[]> sums = new HashMap<>();

  private final Map<IdlePart, Last> lasts = new EnumMap<>(IdlePart.class);

  private record Sweeps(Innermost ranges, Innermost functions, Innermost frames) {
    static Sweeps of(Trace trace, boolean[] isOwn) {
      int threads = trace.places().threads().size();
      return new Sweeps(
          new Innermost(trace.ranges(), threads, _ -> true),
          new Innermost(trace.frames(), threads, name -> isOwn[name]),
          new Innermost(trace.frames(), threads, _ -> true));
    }
  }

  IdleCauses(Trace trace) {
    this.trace = trace;
    for (IdlePart part : IdlePart.values()) {
      lasts.put(part, new Last());
    }
    this.hasRanges = trace.ranges().size() > 0;
    this.hasFrames = trace.frames().size() > 0;
    this.areSampled = trace.source().format() == Trace.Format.NSYS;
    var isOwn = new boolean[trace.names().size()];
    for (int name = 0; name < isOwn.length; name++) {
      isOwn[name] = TracedFunction.isOwn(trace.names().get(name));
    }
    this.now = Sweeps.of(trace, isOwn);
    this.launches = Sweeps.of(trace, isOwn);
  }

  @Override
  public void take(IdlePart part, int thread, int call, long from, long to) {
    cut(now, part, thread, call, from, to, 0);
  }

  @Override
  public void takeEnqueued(int thread, long launched, long from, long to) {
    cut(launches, IdlePart.ENQUEUED, thread, -1, launched, launched + 1, to - from);
  }

  /// @param nanos how long the moment counts for; 0 for as long as it lasts
  private void cut(
      Sweeps sweeps, IdlePart part, int thread, int call, long from, long to, long nanos) {
    if (!hasRanges && !hasFrames) {
      add(part, -1, -1, -1, -1, call, nanos > 0 ? nanos : to - from);
      return;
    }
    if (!hasFrames && sweeps.ranges.isOne(thread, from, to)) {
      add(part, sweeps.ranges.name(), -1, -1, -1, call, nanos > 0 ? nanos : to - from);
      return;
    }
    sweeps.ranges.cut(
        thread,
        from,
        to,
        (range, _, a, b) -> {
          if (hasFrames) {
            functions(sweeps, part, thread, call, range, a, b, nanos);
          } else {
            add(part, range, -1, -1, -1, call, nanos > 0 ? nanos : b - a);
          }
        });
  }

  private void functions(
      Sweeps sweeps,
      IdlePart part,
      int thread,
      int call,
      int range,
      long from,
      long to,
      long nanos) {
    sweeps.functions.cut(
        thread,
        from,
        to,
        (function, around, c, d) ->
            sweeps.frames.cut(
                thread,
                c,
                d,
                (inside, _, e, f) ->
                    add(part, range, function, around, inside, call, nanos > 0 ? nanos : f - e)));
  }

  private void add(
      IdlePart part, int range, int function, int around, int inside, int call, long nanos) {
    Objects.requireNonNull(lasts.get(part)).add(part, range, function, around, inside, call, nanos);
  }

  /// The place of the last piece of a part: most pieces are where the one before was.
  private final class Last {
    private Place place = new Place(IdlePart.UNKNOWN, -1, -1, -1, -1, -1);
    private long[] sum = new long[1];

    private void add(
        IdlePart part, int range, int function, int around, int inside, int call, long nanos) {
      boolean isSame =
          place.part == part
              && place.range == range
              && place.function == function
              && place.around == around
              && place.inside == inside
              && place.call == call;
      if (!isSame) {
        place = new Place(part, range, function, around, inside, call);
        sum = sums.computeIfAbsent(place, _ -> new long[1]);
      }
      sum[0] += nanos;
    }
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
