package hostperf.stacks;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads speedscope's file format (https://www.speedscope.app/file-format-schema.json), as py-spy
/// and others write it: `sampled` profiles, and `evented` ones whose stacks follow from opening and
/// closing frames.
final class Speedscope {
  /// py-spy names a track `Process 12 Thread 13 "poller"`, without its process where it looked at
  /// one alone; the name of a main thread is empty.
  private static final Pattern TRACK =
      Pattern.compile("(?:Process (\\d{1,18}) )?Thread (\\S+)(?: \"(.*)\")?");

  /// The field that `SpeedscopeEvents` reads.
  static final String EVENTS = "events";

  private final List<Frame> frames = new ArrayList<>();
  private final Stacking stacking = new Stacking();

  private Speedscope() {}

  static boolean isOne(Map<?, ?> json) {
    return Json.isArray(Json.object(json, "shared"), "frames") && Json.isArray(json, "profiles");
  }

  static StackProfile read(Map<?, ?> json) {
    var reading = new Speedscope();
    for (Object frame : Json.list(Json.object(json, "shared"), "frames")) {
      reading.frames.add(frame instanceof Map<?, ?> map ? frame(map) : new Frame("", "", 0));
    }
    List<ThreadStacks> tracks = new ArrayList<>();
    boolean isTimed = true;
    for (Object item : Json.list(json, "profiles")) {
      Map<?, ?> profile = item instanceof Map<?, ?> map ? map : Map.of();
      double unit = seconds(Json.text(profile, "unit"));
      isTimed &= unit > 0;
      double scale = unit > 0 ? unit : 1;
      var stacks =
          Json.text(profile, "type").equals("evented")
              ? reading.evented(profile, scale)
              : reading.sampled(profile, scale);
      tracks.add(track(Json.text(profile, "name"), stacks));
    }
    var unit = isTimed ? StackProfile.Unit.SECONDS : StackProfile.Unit.SAMPLES;
    return new StackProfile(tracks, unit, "speedscope");
  }

  private static Frame frame(Map<?, ?> json) {
    return new Frame(
        Json.text(json, "name"), Json.text(json, "file"), Json.line(Json.number(json, "line", 0)));
  }

  private static ThreadStacks track(String name, List<Stack> stacks) {
    Matcher words = TRACK.matcher(name);
    if (!words.matches()) {
      return new ThreadStacks(0, name, stacks, true);
    }
    long process = words.group(1) == null ? 0 : Long.parseLong(words.group(1));
    String given = words.group(3) == null ? "" : words.group(3);
    String number = words.group(2);
    boolean isMain = given.isEmpty() && number.equals(words.group(1));
    String thread = isMain ? "MainThread" : given.isEmpty() ? number : given;
    return new ThreadStacks(process, thread, stacks, true);
  }

  private List<Stack> sampled(Map<?, ?> profile, double scale) {
    List<Stack> stacks = new ArrayList<>();
    double[] weights = Json.numbers(profile, "weights");
    int number = 0;
    IdentityHashMap<double[], List<Frame>> known = new IdentityHashMap<>();
    for (Object sample : Json.list(profile, "samples")) {
      double[] indexes = sample instanceof double[] numbers ? numbers : new double[] {-1};
      double weight = number < weights.length ? weights[number] : 1;
      stacks.add(stacking.stack(known.computeIfAbsent(indexes, this::frames), weight * scale));
      number++;
    }
    return stacks;
  }

  private List<Frame> frames(double[] indexes) {
    List<Frame> stack = new ArrayList<>(indexes.length);
    for (double index : indexes) {
      stack.add(at(index));
    }
    stack.removeIf(Speedscope::isOwner);
    return stack;
  }

  /// py-spy puts process and thread in front of each stack, though the track says the same.
  private static boolean isOwner(Frame frame) {
    return frame.file().isEmpty()
        && (frame.function().startsWith("process ") || frame.function().startsWith("thread ("));
  }

  private List<Stack> evented(Map<?, ?> profile, double scale) {
    List<Stack> stacks = new ArrayList<>();
    List<Frame> open = new ArrayList<>();
    double since = Json.number(profile, "startValue", 0);
    var events =
        profile.get(EVENTS) instanceof SpeedscopeEvents read ? read : new SpeedscopeEvents();
    for (int i = 0; i < events.size(); i++) {
      double at = Double.isNaN(events.at(i)) ? since : events.at(i);
      if (at > since && !open.isEmpty()) {
        stacks.add(stacking.stack(open, (at - since) * scale));
      }
      since = at;
      if (events.opens(i)) {
        open.add(at(events.frame(i)));
      } else if (!open.isEmpty()) {
        open.removeLast();
      }
    }
    return stacks;
  }

  private Frame at(double index) {
    if (!(index >= 0 && index < frames.size())) {
      throw new MalformedStacks("a sample names frame %.0f of %d".formatted(index, frames.size()));
    }
    return frames.get((int) index);
  }

  private static double seconds(String unit) {
    return switch (unit) {
      case "seconds" -> 1;
      case "milliseconds" -> 1e-3;
      case "microseconds" -> 1e-6;
      case "nanoseconds" -> 1e-9;
      default -> 0;
    };
  }
}
