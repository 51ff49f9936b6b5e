package hostperf.stacks;

/// A place in the code that a thread was in.
///
/// @param function its qualified name where the source tells, else the name that the profiler gave
/// @param file as the profiler named it, a path where that is the URL of a file; empty where it
///     named none
/// @param line the line that was running, from 1; 0 where the profiler did not say
public record Frame(String function, String file, int line) {
  private static final String FILE_URL = "file:///";

  public Frame {
    file = file.startsWith(FILE_URL) ? file.substring(FILE_URL.length() - 1) : file;
    // No file system has such a name, and asking one for it fails.
    file = file.replace('\0', '\ufffd');
  }

  /// The same function, whichever line of it was running.
  public boolean isSameFunction(Frame other) {
    return function.equals(other.function) && file.equals(other.file);
  }
}
