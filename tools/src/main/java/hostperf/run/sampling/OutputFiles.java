package hostperf.run.sampling;

import hostperf.profile.Workload;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Optional;
import java.util.function.Predicate;

/// The files that the workload is there to write (`workload.output`), by their paths relative to
/// the checkout.
public final class OutputFiles implements Predicate<String> {
  private final Path root;
  private final Optional<PathMatcher> outputs;

  public OutputFiles(Workload workload, Path root) {
    this.root = root.toAbsolutePath().normalize();
    this.outputs =
        workload
            .output()
            .map(
                o ->
                    FileSystems.getDefault()
                        .getPathMatcher("glob:" + workload.directory().resolve(o).normalize()));
  }

  @Override
  public boolean test(String path) {
    return outputs.filter(o -> o.matches(root.resolve(path))).isPresent();
  }
}
