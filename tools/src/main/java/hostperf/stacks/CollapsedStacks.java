package hostperf.stacks;

import hostperf.host.TextLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads collapsed stacks: `frame;frame;… count`, outermost first, the count behind the last space.
///
/// Dialects of a frame: py-spy's `function (file:line)`, Austin's `file:function:line` with `# key:
/// value` lines in front (`function (file);L12` before release 2), async-profiler's
/// `package/Class.method_[j]`, perf's `py::function:file` of Python, and a bare name. Frames that
/// name a process or thread make the track: py-spy's `process 12:"…"` and `thread (12): name`,
/// Austin's `P12` and `T12` (`Thread 7f12` before release 2), and async-profiler's `[name tid=12]`.
final class CollapsedStacks {
  /// A row has a few thousand characters; recursion makes it longer.
  static final int LONGEST_ROW = 4 << 20;

  private static final Pattern ROW =
      Pattern.compile("\\s*(?:(.*\\S)\\s+)?(-?[\\d.]{1,18})(?:,([01]),(-?\\d{1,18}))?\\s*");

  /// Austin's full mode before release 2: time, memory taken and given back.
  private static final Pattern OLD_FULL_ROW =
      Pattern.compile("(.*;L\\d+|(?:.*;)?Thread \\S+) (\\d{1,18}) \\d+ \\d+\\s*");

  private static final Pattern AUSTIN = Pattern.compile("(.+):([^:]*):(\\d{1,9})");
  /// Stands for frames that it could not read.
  private static final String AUSTIN_UNREAD = ":INVALID:";

  /// Python names its functions so for perf (`-X perf`).
  private static final Pattern PERF = Pattern.compile("py::(.+?):(.+)");

  private static final Pattern PROCESS =
      Pattern.compile("process (\\d{1,18})\\b.*|P(?:rocess )?(\\d{1,18})");
  private static final Pattern THREAD =
      Pattern.compile(
          "thread \\((.*)|T(?:hread )?((?:0x)?[\\da-f]+(?::[\\da-f]+)?)" + "|\\[(.*tid=\\d+)\\]");

  private static final Pattern OLD_LINE = Pattern.compile("L\\d{1,9}");
  private static final Pattern JAVA_KIND = Pattern.compile("_\\[[0-9A-Za-z]\\]$");
  private static final Pattern AUSTIN_MODE = Pattern.compile("# mode: (\\w+)");

  private static final String PY_SPY = "process ";
  private static final int LONGEST_NAME = 1 << 16;

  private final TextLines lines;
  private final Map<String, Frame> frames = new HashMap<>();
  private final Map<Owner, List<Stack>> owners = new LinkedHashMap<>();
  private final Stacking stacking = new Stacking();

  /// Microseconds, as Austin's header says; absent where there is none.
  private boolean isTimed;

  /// The row that is being read, and the number of its first line.
  private String begun = "";

  private long number;

  private record Owner(long process, String thread) {}

  private CollapsedStacks(TextLines lines) {
    this.lines = lines;
  }

  static StackProfile read(TextLines lines) throws IOException {
    var reading = new CollapsedStacks(lines);
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      if (line.get().startsWith("#")) {
        reading.header(line.get());
      } else if (reading.goesOn(line.get())) {
        reading.begun += " " + line.get();
      } else if (!line.get().isBlank()) {
        reading.finish();
        reading.begun = line.get();
        reading.number = lines.number();
      }
    }
    reading.finish();
    if (reading.owners.isEmpty()) {
      throw new MalformedStacks(
          lines.number() == 0 ? "it is empty" : "it has no stacks, only comments");
    }
    List<ThreadStacks> tracks = new ArrayList<>();
    reading.owners.forEach(
        (owner, stacks) ->
            tracks.add(
                new ThreadStacks(
                    owner.process(), owner.thread(), stacks, reading.isTimed && isLog(stacks))));
    var profile =
        new StackProfile(
            tracks,
            reading.isTimed ? StackProfile.Unit.SECONDS : StackProfile.Unit.SAMPLES,
            "collapsed stacks");
    return reading.isTimed ? profile : EvenWeights.counted(profile);
  }

  /// Austin writes a row a sample; a file in which each stack stands once was added up.
  private static boolean isLog(List<Stack> stacks) {
    return EachStack.summed(stacks).size() < stacks.size();
  }

  private void header(String line) {
    Matcher mode = AUSTIN_MODE.matcher(line.strip());
    if (mode.matches()) {
      if (mode.group(1).equals("memory")) {
        throw memory();
      }
      isTimed = true;
    }
  }

  /// py-spy's rows begin with their process. It reads a program that runs on meanwhile, so in place
  /// of a function's name it may have found any text, with line ends in it.
  private boolean goesOn(String line) {
    return begun.startsWith(PY_SPY)
        && !line.startsWith(PY_SPY)
        && begun.length() < LONGEST_NAME
        && !ROW.matcher(begun).matches();
  }

  private void finish() {
    if (!begun.isEmpty()) {
      read(begun);
    }
  }

  private void read(String line) {
    Matcher full = OLD_FULL_ROW.matcher(line);
    Matcher row = full.matches() ? full : ROW.matcher(line);
    if (!row.matches()) {
      throw new MalformedStacks(
          "line %d, '%s', has no count at its end".formatted(number, shortened(line)));
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
        thread = name.group(1) != null ? "(" + name.group(1) : other(name);
      } else if (!stack.isEmpty() && OLD_LINE.matcher(text).matches()) {
        Frame last = stack.removeLast();
        stack.add(new Frame(last.function(), last.file(), Integer.parseInt(text.substring(1))));
      } else if (!text.isEmpty() && !text.equals(AUSTIN_UNREAD)) {
        stack.add(frames.computeIfAbsent(text, CollapsedStacks::frame));
      }
    }
    owners
        .computeIfAbsent(new Owner(process, thread), _ -> new ArrayList<>())
        .add(stacking.stack(stack, weight(row)));
  }

  private static String other(Matcher name) {
    return name.group(2) != null ? name.group(2) : name.group(3);
  }

  /// Austin's full mode has time, whether the thread was idle, and memory.
  private double weight(Matcher row) {
    if (row.group(2).startsWith("-")) {
      throw memory();
    }
    try {
      return Double.parseDouble(row.group(2)) * (isTimed ? 1e-6 : 1);
    } catch (NumberFormatException _) {
      throw new MalformedStacks(
          "line %d ends with '%s', which is not a count".formatted(number, row.group(2)));
    }
  }

  private MalformedStacks memory() {
    return new MalformedStacks(
        "line %d counts memory, not time: run Austin without -m".formatted(lines.number()));
  }

  private static Frame frame(String text) {
    int file = text.lastIndexOf(" (");
    if (file > 0 && text.endsWith(")")) {
      return located(text.substring(0, file), text.substring(file + 2, text.length() - 1));
    }
    Matcher perf = PERF.matcher(text);
    if (perf.matches()) {
      return new Frame(perf.group(1), perf.group(2), 0);
    }
    Matcher austin = AUSTIN.matcher(text);
    return austin.matches()
        ? new Frame(austin.group(2), austin.group(1), Integer.parseInt(austin.group(3)))
        : new Frame(JAVA_KIND.matcher(text).replaceFirst(""), "", 0);
  }

  /// @param place `file` or `file:line`
  private static Frame located(String function, String place) {
    int colon = place.lastIndexOf(':');
    String number = place.substring(colon + 1);
    return colon > 0 && number.matches("\\d{1,9}")
        ? new Frame(function, place.substring(0, colon), Integer.parseInt(number))
        : new Frame(function, place, 0);
  }

  private static String shortened(String line) {
    return line.length() > 60 ? line.substring(0, 60) + "…" : line;
  }
}
