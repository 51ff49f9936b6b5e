package hostperf.stacks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Tells the engine's own code from the libraries it calls.
///
/// Below the checkout everything is its own but virtual environments and the folders in which
/// projects keep the code of others (`third_party`, `3rdparty`, `vendor`), unless the root is in
/// one. Where the root lies outside (an installed package, or one on the search path), the rest of
/// its package is its own too; and where what lies in the checkout only drives an engine that is
/// installed or lies elsewhere, that engine's package is.
public final class Own {
  private static final Pattern LIBRARY =
      Pattern.compile(".*/(lib|lib64)/python\\d[^/]*/.*|.*/(site|dist)-packages/.*|<.*");

  private static final Pattern OTHERS = Pattern.compile("(.*/)?(third_party|3rdparty|vendor)/.*");

  private static final Pattern PACKAGE = Pattern.compile("(.*/(?:site|dist)-packages/[^/]+)/.*");

  private static final Pattern STANDARD =
      Pattern.compile("(?!.*/(site|dist)-packages/).*/(lib|lib64)/python\\d[^/]*/.*|<.*");

  /// Libraries of operations on arrays: what they take belongs to who calls them, however much.
  private static final Pattern OPERATIONS =
      Pattern.compile(
          ".*/(torch|torchvision|torchaudio|numpy|scipy|pandas|triton|cupy|jax|jaxlib)/.*");

  /// A program with more of the time than this in its own code does more than to drive an engine.
  private static final double DRIVER = 0.25;

  /// An engine that is driven has this much of the time at least.
  private static final double DRIVEN = 0.5;

  private static final List<String> PROJECT = List.of("pyproject.toml", "setup.py", ".git");

  private final String checkout;
  private final String home;
  private final boolean isRootOfOthers;

  /// @param root whose package is the engine's, wherever it is installed
  public Own(Path checkout, Root root) {
    this.checkout = checkout.toAbsolutePath().normalize() + "/";
    this.isRootOfOthers = isBelowOthers(root.file());
    var installed = PACKAGE.matcher(root.file());
    this.home =
        installed.matches()
            ? installed.group(1) + "/"
            : root.file().startsWith(this.checkout)
                ? this.checkout
                : packageOf(root.file(), this.checkout);
  }

  private Own(Own known, String home) {
    this.checkout = known.checkout;
    this.isRootOfOthers = known.isRootOfOthers;
    this.home = home;
  }

  /// @param wall where threads were
  public static Own of(Path checkout, Root root, StackProfile wall) {
    var own = new Own(checkout, root);
    Map<String, String> homes = new HashMap<>();
    Map<String, Double> elsewhere = new HashMap<>();
    double all = 0;
    double here = 0;
    for (ThreadStacks track : wall.tracks()) {
      for (Stack stack : EachStack.summed(track.stacks())) {
        var below = root.below(stack.frames());
        if (below.isEmpty()) {
          continue;
        }
        all += stack.weight();
        Frame deepest = deepest(below);
        if (own.has(deepest)) {
          here += stack.weight();
        } else {
          elsewhere.merge(
              homes.computeIfAbsent(deepest.file(), Own::homeOf), stack.weight(), Double::sum);
        }
      }
    }
    elsewhere.remove("");
    double least = DRIVEN * all;
    return here > DRIVER * all
        ? own
        : elsewhere.entrySet().stream()
            .filter(one -> one.getValue() >= least)
            .findFirst()
            .map(one -> new Own(own, one.getKey()))
            .orElse(own);
  }

  /// The innermost frame that does more than what the language or an array library gives anybody.
  private static Frame deepest(List<Frame> frames) {
    return frames.reversed().stream()
        .filter(
            f -> !STANDARD.matcher(f.file()).matches() && !OPERATIONS.matcher(f.file()).matches())
        .findFirst()
        .orElse(frames.getFirst());
  }

  private static String homeOf(String file) {
    var installed = PACKAGE.matcher(file);
    return installed.matches() ? installed.group(1) + "/" : packageOf(file, "");
  }

  /// The outermost folder around the file that is a package, also where folders between have no
  /// `__init__.py`; without one the innermost project; the other where there is none.
  private static String packageOf(String file, String otherwise) {
    String outermost = "";
    String project = "";
    for (Path at = Path.of(file).getParent(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("__init__.py"))) {
        outermost = at + "/";
      }
      if (project.isEmpty() && PROJECT.stream().map(at::resolve).anyMatch(Files::exists)) {
        project = at + "/";
      }
    }
    return !outermost.isEmpty() ? outermost : !project.isEmpty() ? project : otherwise;
  }

  boolean has(Frame frame) {
    String file = frame.file();
    if (!isRootOfOthers && isBelowOthers(file)) {
      return false;
    }
    return file.startsWith(home)
        || (file.startsWith(checkout) && !LIBRARY.matcher(file).matches())
        || (!file.startsWith("/") && !file.isEmpty() && !LIBRARY.matcher(file).matches());
  }

  /// Seen from the checkout: one that itself lies in a folder of this name is nobody else's.
  private boolean isBelowOthers(String file) {
    String path = file.startsWith(checkout) ? file.substring(checkout.length()) : file;
    return (file.startsWith(checkout) || !file.startsWith("/")) && OTHERS.matcher(path).matches();
  }

  /// The stack without the frames of others: what libraries take counts as the line that calls
  /// them, and what they call back is called by that line. The outermost frame stays.
  Stack folded(Stack stack) {
    List<Frame> frames = stack.frames();
    List<Frame> kept = new ArrayList<>(frames.size());
    for (Frame frame : frames) {
      if (kept.isEmpty() || has(frame)) {
        kept.add(frame);
      }
    }
    return kept.size() == frames.size() ? stack : new Stack(kept, stack.weight());
  }
}
