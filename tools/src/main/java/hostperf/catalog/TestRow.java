package hostperf.catalog;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;

/// Which tests stand for which source files.
///
/// @param sources a glob relative to the checkout, `**` across folders
/// @param tests files or folders that pytest takes
/// @param device whether they run without a GPU
/// @param note what a green run does not prove, empty where nothing is known
public record TestRow(String sources, List<String> tests, Device device, String note) {
  public TestRow {
    tests = List.copyOf(tests);
  }

  /// @param file relative to the checkout, with `/`
  public boolean covers(String file) {
    return FileSystems.getDefault().getPathMatcher("glob:" + sources).matches(Path.of(file));
  }

  /// What the tests need. `SOME_GPU` means that a part of them is marked for the CPU.
  public enum Device {
    CPU,
    SOME_GPU,
    GPU,
    UNKNOWN
  }
}
