package hostperf.stacks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Tells the engine's own code from the libraries it calls.
///
/// Below the checkout everything is its own but virtual environments and the folders in which
/// projects keep the code of others (`third_party`, `3rdparty`, `vendor`), unless the root is in
/// one. Where the root lies outside (an installed package, or one on the search path), the rest of
/// its package is its own too.
public final class Own {
  private static final Pattern LIBRARY =
      Pattern.compile(".*/(lib|lib64)/python\\d[^/]*/.*|.*/(site|dist)-packages/.*|<.*");

  private static final Pattern OTHERS = Pattern.compile("(.*/)?(third_party|3rdparty|vendor)/.*");

  private static final Pattern PACKAGE = Pattern.compile("(.*/(?:site|dist)-packages/[^/]+)/.*");

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
            : root.file().startsWith(this.checkout) ? this.checkout : packageOf(root.file());
  }

  /// The outermost folder around the file that is a package; the checkout where there is none.
  private String packageOf(String file) {
    String outermost = checkout;
    for (Path folder = Path.of(file).getParent();
        folder != null && Files.isRegularFile(folder.resolve("__init__.py"));
        folder = folder.getParent()) {
      outermost = folder + "/";
    }
    return outermost;
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
