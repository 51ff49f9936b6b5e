package hostperf.stacks;

import hostperf.stacks.GeckoTable.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the Firefox Profiler's two formats: the one that Firefox itself writes (rows under a
/// `schema`), and the processed one (a column a field) of the site's downloads, samply, and
/// Python's own sampling profiler.
///
/// A sample stands for the interval between two, times its weight where it has one.
final class Gecko {
  /// Passed over while reading: they are most of a file, and none has a stack.
  static final Set<String> IGNORED =
      Set.of("markers", "counters", "libs", "pages", "profilerOverhead", "nativeSymbols");

  /// Firefox's own name of a frame: `function (file:line)` or `… (file:line:column)`, since 2025
  /// with the number of its source behind: `[11]`.
  private static final Pattern LOCATION =
      Pattern.compile("(.*?) \\((.*?)(?::(\\d{1,9}))?(?::\\d{1,9})?\\)(?:\\[\\d{1,9}\\])?");

  private final Map<?, ?> shared;
  private final double interval;
  private final String process;
  private final List<ThreadStacks> tracks;
  private final Stacking stacking;

  private Gecko(Map<?, ?> profile, List<ThreadStacks> tracks, Stacking stacking) {
    this.shared = Json.object(profile, "shared");
    this.interval = Json.number(Json.object(profile, "meta"), "interval", 1) / 1000;
    this.process = GeckoTable.number(profile, "pid");
    this.tracks = tracks;
    this.stacking = stacking;
  }

  static boolean isOne(Map<?, ?> json) {
    return isProfile(json) || isProfile(Json.object(json, "profile"));
  }

  private static boolean isProfile(Map<?, ?> json) {
    return Json.isArray(json, "threads") && json.containsKey("meta");
  }

  static StackProfile read(Map<?, ?> json) {
    List<ThreadStacks> tracks = new ArrayList<>();
    // The developer tools of Firefox wrap it.
    read(isProfile(json) ? json : Json.object(json, "profile"), tracks, new Stacking(), 0);
    return new StackProfile(tracks, StackProfile.Unit.SECONDS, "Firefox Profiler");
  }

  private static void read(
      Map<?, ?> profile, List<ThreadStacks> tracks, Stacking stacking, int depth) {
    var reading = new Gecko(profile, tracks, stacking);
    int number = 0;
    for (Object thread : Json.list(profile, "threads")) {
      reading.thread(thread instanceof Map<?, ?> map ? map : Map.of(), number++);
    }
    for (Object other : Json.list(profile, "processes")) {
      if (other instanceof Map<?, ?> map && depth == 0) {
        read(map, tracks, stacking, 1);
      }
    }
  }

  private void thread(Map<?, ?> thread, int number) {
    String where = "thread %d".formatted(number);
    var samples = GeckoTable.of(thread, shared, "samples", where);
    double[] stackOf = samples.numbers("stack");
    double[] weights = samples.numbers("weight");
    double each = each(Json.object(thread, "samples"), where);
    List<List<Frame>> known = stacks(thread, where);
    List<Stack> stacks = new ArrayList<>();
    for (int i = 0; i < stackOf.length; i++) {
      double stack = stackOf[i];
      if (stack >= known.size() || stack < 0) {
        throw new MalformedStacks(
            "sample %d of %s names stack %.0f of %d".formatted(i, where, stack, known.size()));
      }
      double weight = i < weights.length ? weights[i] : 1;
      // Without a stack: the thread ran nothing that the profiler knows.
      stacks.add(
          stacking.stack(Double.isNaN(stack) ? List.of() : known.get((int) stack), weight * each));
    }
    String pid = GeckoTable.number(thread, "pid");
    tracks.add(
        new ThreadStacks(processNumber(pid.isEmpty() ? process : pid), name(thread), stacks, true));
  }

  private double each(Map<?, ?> samples, String where) {
    return switch (Json.text(samples, "weightType")) {
      case "", "samples" -> interval;
      case "tracing-ms" -> 1e-3;
      default ->
          throw new MalformedStacks(
              "%s counts %s, not time".formatted(where, Json.text(samples, "weightType")));
    };
  }

  private static String name(Map<?, ?> thread) {
    String name = Json.text(thread, "name");
    return name.isEmpty() ? GeckoTable.number(thread, "tid") : name;
  }

  private static long processNumber(String pid) {
    return pid.matches("\\d{1,18}") ? Long.parseLong(pid) : 0;
  }

  /// The frames of each stack, outermost first. Each refers to its caller's, which comes before it.
  private List<List<Frame>> stacks(Map<?, ?> thread, String where) {
    var table = GeckoTable.of(thread, shared, "stackTable", where);
    double[] prefixes = table.numbers("prefix");
    double[] frameOf = table.numbers("frame");
    List<Frame> frames = frames(thread, where);
    List<List<Frame>> stacks = new ArrayList<>(frameOf.length);
    long held = 0;
    for (int i = 0; i < frameOf.length; i++) {
      double prefix = i < prefixes.length ? prefixes[i] : Double.NaN;
      if (prefix >= i || prefix < 0 || !(frameOf[i] >= 0 && frameOf[i] < frames.size())) {
        throw new MalformedStacks(
            "stack %d of %s has caller %.0f and frame %.0f, one of which is not there"
                .formatted(i, where, prefix, frameOf[i]));
      }
      List<Frame> stack =
          Double.isNaN(prefix) ? new ArrayList<>() : new ArrayList<>(stacks.get((int) prefix));
      stack.add(frames.get((int) frameOf[i]));
      held += stack.size();
      if (held > Stacking.MOST) {
        throw new MalformedStacks(
            "stack %d of %s is beyond what fits into memory".formatted(i, where));
      }
      stacks.add(List.copyOf(stack));
    }
    return stacks;
  }

  private List<Frame> frames(Map<?, ?> thread, String where) {
    var table = GeckoTable.of(thread, shared, "frameTable", where);
    Texts texts = Texts.of(thread, shared);
    double[] lines = table.numbers("line");
    List<Frame> frames = new ArrayList<>();
    if (table.has("location")) {
      for (double location : table.numbers("location")) {
        frames.add(located(texts.at(location), at(lines, frames.size())));
      }
      return frames;
    }
    var functions = GeckoTable.of(thread, shared, "funcTable", where);
    double[] names = functions.numbers("name");
    double[] files = files(functions, thread, where);
    for (double function : table.numbers("func")) {
      int index = function >= 0 && function < names.length ? (int) function : -1;
      if (index < 0) {
        throw new MalformedStacks(
            "frame %d of %s names function %.0f of %d"
                .formatted(frames.size(), where, function, names.length));
      }
      frames.add(
          new Frame(
              texts.at(names[index]),
              texts.at(at(files, index)),
              Json.line(at(lines, frames.size()))));
    }
    return frames;
  }

  /// Newer files name a function's source, and that its file.
  private double[] files(GeckoTable functions, Map<?, ?> thread, String where) {
    if (!functions.has("source")) {
      return functions.numbers("fileName");
    }
    double[] names = GeckoTable.of(thread, shared, "sources", where).numbers("filename");
    double[] files = functions.numbers("source").clone();
    for (int i = 0; i < files.length; i++) {
      files[i] = files[i] >= 0 && files[i] < names.length ? names[(int) files[i]] : Double.NaN;
    }
    return files;
  }

  private static Frame located(String location, double line) {
    Matcher words = LOCATION.matcher(location);
    if (!words.matches()) {
      return new Frame(location, "", Json.line(line));
    }
    int number = words.group(3) == null ? 0 : Integer.parseInt(words.group(3));
    return new Frame(words.group(1), words.group(2), Math.max(number, Json.line(line)));
  }

  private static double at(double[] column, int index) {
    return index < column.length ? column[index] : Double.NaN;
  }
}
