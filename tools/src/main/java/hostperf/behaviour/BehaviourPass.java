package hostperf.behaviour;

import hostperf.profile.EndWords;
import hostperf.profile.Launch;
import hostperf.profile.Launcher;
import hostperf.profile.Workload;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Launches both versions of a workload, once each, with their calls recorded, and compares them.
/// Where they differ, the base is launched once more: what differs between two launches of the same
/// code is no difference of the versions.
public final class BehaviourPass {
  private final Launcher launcher;
  private final Workload workload;
  private final Around around;
  private final Set<String> declared;
  private final Set<String> varied;

  /// @param declared attributes that do not matter, as `Class.attribute`
  /// @param varied attributes that differed between launches of the same code before
  public BehaviourPass(
      Launcher launcher,
      Workload workload,
      Around around,
      Set<String> declared,
      Set<String> varied) {
    this.declared = Set.copyOf(declared);
    this.varied = Set.copyOf(varied);
    this.launcher = launcher;
    this.workload = workload;
    this.around = around;
  }

  /// Runs a launch on the files of a version.
  public interface Shown {
    <T> T base(Supplier<T> launch);

    <T> T candidate(Supplier<T> launch);
  }

  /// A launch that failed gave no recording.
  private record Recorded(Launch launch, Optional<Recording> recording) {}

  /// @param suffix of the launches' files, such as `round2_behaviour`
  /// @param progress gets what is being done
  public Behaviour compare(Shown shown, String suffix, Consumer<String> progress) {
    if (around.compared().isEmpty()) {
      return Behaviour.notCompared(
          List.of(), "The patch changes no function that both versions have.");
    }
    progress.accept("recording what the functions around the patch do, on the base");
    var base = shown.base(() -> record(suffix + "-base"));
    if (base.recording().isEmpty()) {
      return Behaviour.notCompared(around.compared(), failed("base", base.launch()));
    }
    progress.accept("recording what they do with the patch");
    var candidate = shown.candidate(() -> record(suffix + "-candidate"));
    if (candidate.recording().isEmpty()) {
      return Behaviour.notCompared(around.compared(), failed("patched code", candidate.launch()));
    }
    return new Versions(
            around.compared(),
            declared,
            varied,
            base.recording().get(),
            candidate.recording().get())
        .compare(
            () -> {
              progress.accept("recording the base again, to know what varies by itself");
              return shown.base(() -> record(suffix + "-base-again")).recording();
            });
  }

  private Recorded record(String suffix) {
    Path prefix = launcher.profilePrefix(suffix);
    var launch = launcher.injected(workload, suffix, environment(prefix), _ -> {});
    var files =
        Launcher.filesAfter(prefix, workload).stream()
            .filter(file -> file.toString().endsWith(".behaviour.jsonl"))
            .toList();
    boolean isUsable = launch.finished().succeeded() && !files.isEmpty();
    var recording =
        isUsable ? Optional.of(RecordingReader.read(files)) : Optional.<Recording>empty();
    // They hold what the workload's requests held.
    files.forEach(Launcher::delete);
    return new Recorded(launch, recording);
  }

  private Map<String, String> environment(Path prefix) {
    var environment = new HashMap<String, String>();
    environment.put("TLLM_HOSTPERF_BEHAVIOUR", prefix.toString());
    environment.put("TLLM_HOSTPERF_COMPARED", String.join(",", around.compared()));
    environment.put("TLLM_HOSTPERF_CHANGED", String.join(",", around.changed()));
    environment.put("PYTHONHASHSEED", workload.environment().getOrDefault("PYTHONHASHSEED", "0"));
    return environment;
  }

  private static String failed(String which, Launch launch) {
    return launch.finished().succeeded()
        ? "No process of the %s imported a function that was to be recorded.".formatted(which)
        : "The launch of the %s with recording %s; its output is in %s."
            .formatted(which, EndWords.of(launch.finished()), launch.log());
  }
}
