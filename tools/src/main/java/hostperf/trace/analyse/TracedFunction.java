package hostperf.trace.analyse;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Python function that a trace recorded.
///
/// @param name as a profiler takes it, `module::function`; the class of a method is not recorded
/// @param place `file:line`: of its first line where calls were recorded, of the line that ran most
///     where stacks were sampled
/// @param calledFrom the function of one's own that called it
public record TracedFunction(String name, String place, Optional<String> calledFrom) {
  /// `engine/loop.py(120): step`, as torch names Python functions.
  private static final Pattern FRAME = Pattern.compile("(.*)\\((\\d+)\\): (.*)");

  /// Frames that hand on to others: naming them explains nothing.
  private static final Pattern LIBRARY =
      Pattern.compile(
          "^(?:.*/)?(?:torch|triton|nvtx)/.*|^(?:.*/)?(?:contextlib|threading|functools|runpy)\\.py$"
              + "|^<.*");

  private static final Pattern ADDRESS = Pattern.compile(" object at 0x[0-9a-f]+");

  /// A frame as torch writes it.
  public static String frame(String file, int line, String function) {
    return "%s(%d): %s".formatted(file, line, function);
  }

  /// Whether a frame is a function of one's own, not of a library.
  public static boolean isOwn(String frame) {
    Matcher match = FRAME.matcher(frame);
    return match.matches() && !LIBRARY.matcher(match.group(1)).matches();
  }

  /// @param around the frame of the function of one's own around it
  public static Optional<TracedFunction> of(String frame, Optional<String> around) {
    Matcher match = FRAME.matcher(frame);
    return match.matches()
        ? Optional.of(
            new TracedFunction(
                module(match.group(1)) + "::" + match.group(3),
                match.group(1) + ":" + match.group(2),
                around.map(TracedFunction::function)))
        : Optional.empty();
  }

  /// A frame as people read it: the function, without where it stands and in which object.
  static String function(String frame) {
    Matcher match = FRAME.matcher(frame);
    return match.matches() ? match.group(3) : ADDRESS.matcher(frame).replaceAll("");
  }

  /// The same function at any of its lines.
  TracedFunction anywhere() {
    return at(file());
  }

  TracedFunction at(String place) {
    return new TracedFunction(name, place, calledFrom);
  }

  /// The file it stands in.
  public String file() {
    return place.replaceFirst(":\\d+$", "");
  }

  /// The module of a file, as far as its path tells.
  private static String module(String path) {
    String relative = path.replaceFirst("^.*/(?:site|dist)-packages/", "");
    String file = relative.startsWith("/") ? path.substring(path.lastIndexOf('/') + 1) : relative;
    return file.replaceFirst("(/__init__)?\\.py$", "").replace('/', '.');
  }
}
