package hostperf.stacks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads collapsed stacks: `frame;frame;… count`, outermost first, the count behind the last space.
///
/// Three dialects of a frame: py-spy's `function (file:line)`, Austin's `file:function:line`, and a
/// bare name (async-profiler, perf). Frames that name a process or thread make the track: py-spy's
/// `process 12:"…"` and `thread (12): name`, Austin's `P12` and `T12`.
final class CollapsedStacks {
  private static final Pattern ROW = Pattern.compile("(.*\\S)?\\s+(\\d+(?:\\.\\d+)?)\\s*");
  private static final Pattern PY_SPY = Pattern.compile("(.*) \\((.*?)(?::(\\d+))?\\)");
  private static final Pattern AUSTIN = Pattern.compile("(.+?):([^:]+):(\\d+)");
  private static final Pattern PROCESS = Pattern.compile("process (\\d+)\\b.*|P(\\d+)");
  private static final Pattern THREAD = Pattern.compile("thread \\((.*)|T(\\d+(?::\\d+)?)");

  private final Map<String, Frame> frames = new HashMap<>();
  private final Map<Owner, List<Stack>> owners = new LinkedHashMap<>();

  private record Owner(long process, String thread) {}

  static StackProfile read(Stream<String> lines) {
    var reading = new CollapsedStacks();
    lines.filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(reading::row);
    List<Track> tracks = new ArrayList<>();
    reading.owners.forEach(
        (owner, stacks) -> tracks.add(new Track(owner.process(), owner.thread(), stacks, false)));
    return new StackProfile(tracks, StackProfile.Unit.SAMPLES, "collapsed stacks");
  }

  private void row(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      throw new MalformedStacks("the line '%s' has no count at its end".formatted(shortened(line)));
    }
    long process = 0;
    String thread = "";
    List<Frame> stack = new ArrayList<>();
    for (String text : row.group(1) == null ? new String[0] : row.group(1).split(";")) {
      Matcher owner = PROCESS.matcher(text);
      Matcher name = THREAD.matcher(text);
      if (stack.isEmpty() && owner.matches()) {
        process = Long.parseLong(owner.group(1) == null ? owner.group(2) : owner.group(1));
      } else if (stack.isEmpty() && name.matches()) {
        thread = name.group(1) == null ? name.group(2) : "(" + name.group(1);
      } else {
        stack.add(frames.computeIfAbsent(text, CollapsedStacks::frame));
      }
    }
    owners
        .computeIfAbsent(new Owner(process, thread), _ -> new ArrayList<>())
        .add(new Stack(stack, Double.parseDouble(row.group(2))));
  }

  private static Frame frame(String text) {
    Matcher pySpy = PY_SPY.matcher(text);
    if (pySpy.matches()) {
      return new Frame(pySpy.group(1), pySpy.group(2), number(pySpy.group(3)));
    }
    Matcher austin = AUSTIN.matcher(text);
    return austin.matches()
        ? new Frame(austin.group(2), austin.group(1), number(austin.group(3)))
        : new Frame(text, "", 0);
  }

  private static int number(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static String shortened(String line) {
    return line.length() > 60 ? line.substring(0, 60) + "…" : line;
  }
}
