package hostperf.trace.analyse;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Adds up the moments in which the host was late, by where the host was.
final class IdleCauses implements IdleParts.HostPieces {
  /// `engine/loop.py(120): step`, as torch names Python functions.
  private static final Pattern FUNCTION = Pattern.compile("(.*)\\((\\d+)\\): (.*)");

  /// Frames that hand on to others: naming them explains nothing.
  private static final Pattern LIBRARY =
      Pattern.compile(
          "^(?:.*/)?(?:torch|triton|nvtx)/.*|^(?:.*/)?(?:contextlib|threading|functools|runpy)\\.py$"
              + "|^<.*");

  private static final int LISTED = 12;

  private record Place(int range, int function, int inside, int call) {}

  private final Trace trace;
  private final Innermost ranges;
  private final Innermost functions;
  private final Innermost frames;
  private final Map<Place, long[]> sums = new HashMap<>();

  /// Most pieces are at the place of the one before.
  private Place last = new Place(-1, -1, -1, -1);

  private long[] lastSum = sums.computeIfAbsent(last, _ -> new long[1]);

  IdleCauses(Trace trace) {
    int threads = trace.places().threads().size();
    this.trace = trace;
    this.ranges = new Innermost(trace.ranges(), threads, _ -> true);
    this.frames = new Innermost(trace.frames(), threads, _ -> true);
    var isOwn = new boolean[trace.names().size()];
    for (int name = 0; name < isOwn.length; name++) {
      Matcher match = FUNCTION.matcher(trace.names().get(name));
      isOwn[name] = match.matches() && !LIBRARY.matcher(match.group(1)).matches();
    }
    this.functions = new Innermost(trace.frames(), threads, name -> isOwn[name]);
  }

  @Override
  public void take(int thread, int call, long from, long to) {
    ranges.cut(
        thread,
        from,
        to,
        (range, a, b) ->
            functions.cut(
                thread,
                a,
                b,
                (function, c, d) ->
                    frames.cut(
                        thread, c, d, (inside, e, f) -> add(range, function, inside, call, f - e))));
  }

  private void add(int range, int function, int inside, int call, long nanos) {
    if (last.range != range
        || last.function != function
        || last.inside != inside
        || last.call != call) {
      last = new Place(range, function, inside, call);
      lastSum = sums.computeIfAbsent(last, _ -> new long[1]);
    }
    lastSum[0] += nanos;
  }

  /// The largest first.
  ///
  /// @param steps how many steps the window has
  /// @param idle all idle time of the window
  /// @param rangeName what ranges are called in tables
  List<IdleCause> list(int steps, long idle, IntFunction<String> rangeName) {
    record Named(
        Optional<String> range,
        Optional<String> function,
        Optional<String> inside,
        Optional<String> call) {}
    Map<Named, long[]> byName = new HashMap<>();
    sums.forEach(
        (place, sum) ->
            byName.computeIfAbsent(
                    new Named(
                        place.range() < 0
                            ? Optional.empty()
                            : Optional.of(rangeName.apply(place.range())),
                        name(place.function()).map(IdleCauses::function),
                        place.inside() == place.function()
                            ? Optional.empty()
                            : name(place.inside()).map(IdleCauses::function),
                        name(place.call()).map(ApiCall::bare)),
                    _ -> new long[1])[
                0] +=
                sum[0]);
    var causes = new ArrayList<IdleCause>();
    byName.forEach(
        (named, sum) ->
            causes.add(
                new IdleCause(
                    named.call().isPresent() ? IdlePart.HOST_WAITING : IdlePart.HOST_BUSY,
                    named.range(),
                    named.function(),
                    named.inside(),
                    named.call(),
                    sum[0] / 1e3 / steps,
                    idle == 0 ? 0 : (double) sum[0] / idle)));
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

  private static String function(String name) {
    Matcher match = FUNCTION.matcher(name);
    return match.matches() ? match.group(1) + ":" + match.group(2) + " " + match.group(3) : name;
  }
}
