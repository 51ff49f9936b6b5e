package hostperf.stacks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads speedscope's file format (https://www.speedscope.app/file-format-schema.json), as py-spy
/// and others write it: `sampled` profiles, and `evented` ones whose stacks follow from opening and
/// closing frames.
final class Speedscope {
  /// py-spy names a track `Process 12 Thread 13 "poller"`; the name of a main thread is empty.
  private static final Pattern TRACK =
      Pattern.compile("Process (\\d+) Thread (\\S+)(?: \"(.*)\")?");

  private Speedscope() {}

  static boolean isOne(JsonNode json) {
    return json.path("shared").path("frames").isArray() && json.path("profiles").isArray();
  }

  static StackProfile read(JsonNode json) {
    List<Frame> frames = new ArrayList<>();
    json.path("shared").path("frames").forEach(frame -> frames.add(frame(frame)));
    List<Track> tracks = new ArrayList<>();
    boolean isTimed = true;
    for (JsonNode profile : json.path("profiles")) {
      double unit = seconds(profile.path("unit").asString(""));
      isTimed &= unit > 0;
      double scale = unit > 0 ? unit : 1;
      var stacks =
          profile.path("type").asString("").equals("evented")
              ? evented(profile, frames, scale)
              : sampled(profile, frames, scale);
      tracks.add(track(profile.path("name").asString(""), stacks));
    }
    var unit = isTimed ? StackProfile.Unit.SECONDS : StackProfile.Unit.SAMPLES;
    return new StackProfile(tracks, unit, "speedscope");
  }

  private static Frame frame(JsonNode json) {
    return new Frame(
        json.path("name").asString(""), json.path("file").asString(""), json.path("line").asInt(0));
  }

  private static Track track(String name, List<Stack> stacks) {
    Matcher words = TRACK.matcher(name);
    if (!words.matches()) {
      return new Track(0, name, stacks, true);
    }
    long process = Long.parseLong(words.group(1));
    String given = words.group(3) == null ? "" : words.group(3);
    String number = words.group(2);
    boolean isMain = given.isEmpty() && number.equals(words.group(1));
    String thread = isMain ? "MainThread" : given.isEmpty() ? number : given;
    return new Track(process, thread, stacks, true);
  }

  private static List<Stack> sampled(JsonNode profile, List<Frame> frames, double scale) {
    List<Stack> stacks = new ArrayList<>();
    JsonNode weights = profile.path("weights");
    int number = 0;
    for (JsonNode sample : profile.path("samples")) {
      List<Frame> stack = new ArrayList<>(sample.size());
      sample.forEach(index -> stack.add(at(frames, index)));
      stack.removeIf(Speedscope::isOwner);
      stacks.add(new Stack(stack, weights.path(number++).asDouble(1) * scale));
    }
    return stacks;
  }

  /// py-spy puts process and thread in front of each stack, though the track says the same.
  private static boolean isOwner(Frame frame) {
    return frame.file().isEmpty()
        && (frame.function().startsWith("process ") || frame.function().startsWith("thread ("));
  }

  private static List<Stack> evented(JsonNode profile, List<Frame> frames, double scale) {
    List<Stack> stacks = new ArrayList<>();
    List<Frame> open = new ArrayList<>();
    double since = profile.path("startValue").asDouble(0);
    for (JsonNode event : profile.path("events")) {
      double at = event.path("at").asDouble(since);
      if (at > since && !open.isEmpty()) {
        stacks.add(new Stack(open, (at - since) * scale));
      }
      since = at;
      if (event.path("type").asString("").equals("O")) {
        open.add(at(frames, event.path("frame")));
      } else if (!open.isEmpty()) {
        open.removeLast();
      }
    }
    return stacks;
  }

  private static Frame at(List<Frame> frames, JsonNode index) {
    int number = index.asInt(-1);
    if (number < 0 || number >= frames.size()) {
      throw new MalformedStacks(
          "a sample names frame %s of %d".formatted(index.toString(), frames.size()));
    }
    return frames.get(number);
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
