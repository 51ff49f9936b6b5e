package hostperf.patch;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which files a patch may change: those that `editable` matches and nothing protects.
///
/// Patterns have gitignore meaning, relative to the checkout. `guarded` is added to the built-in
/// protection, which no pattern takes back: what measures and judges a patch must not be changed
/// by one. Protection is blind to case, for file systems that are.
public final class PatchPolicy {
  /// Protected in every checkout.
  public static final List<String> BUILT_IN =
      List.of(
          // Tests.
          "**/tests/**",
          "**/test/**",
          "**/unittest/**",
          "**/unittests/**",
          "**/test_*.py",
          "**/*_test.py",
          "**/conftest.py",
          "**/pytest.ini",
          "**/.pytest.ini",
          "**/pytest.toml",
          "**/.pytest.toml",
          "tox.ini",
          "setup.cfg",
          "setup.py",
          "noxfile.py",
          "pyproject.toml",
          // What measures.
          "**/benchmarks/**",
          "**/benchmark/**",
          "**/bench/**",
          "**/bench_*.py",
          "**/benchmark*.py",
          "**/bench.py",
          "scripts/**",
          // Profilers.
          "**/profiler/**",
          "**/profilers/**",
          "**/*profiler*.py",
          "**/host_profile_tools/**",
          // Code that runs in every Python process.
          "**/sitecustomize.py",
          "**/usercustomize.py",
          "**/*.pth",
          // The tools themselves.
          "**/.git/**",
          "**/.github/**",
          "**/.gitattributes",
          "**/.gitmodules",
          "hostperf.yaml",
          ".hostperf/**");

  private static final Globs ALWAYS = new Globs(BUILT_IN);

  private final List<String> editable;
  private final Globs editableGlobs;
  private final Globs guarded;
  private final Globs guardedInLowerCase;
  private final Map<String, String> measuring;

  public PatchPolicy(List<String> editable, List<String> guarded) {
    this(editable, guarded, Map.of());
  }

  /// @param measuring files that measure or judge a patch, each with the end of "is protected: …"
  public PatchPolicy(List<String> editable, List<String> guarded, Map<String, String> measuring) {
    this.editable = List.copyOf(editable);
    editableGlobs = new Globs(editable);
    this.guarded = new Globs(guarded);
    guardedInLowerCase = Globs.lowerCase(guarded);
    this.measuring = new HashMap<>();
    measuring.forEach((path, why) -> this.measuring.put(path.toLowerCase(Locale.ROOT), why));
  }

  public List<String> editable() {
    return editable;
  }

  public boolean allows(String path) {
    return reasonAgainst(path).isEmpty();
  }

  /// Why the path must not be changed, as the end of "<path> …"; empty when it may be.
  public Optional<String> reasonAgainst(String path) {
    Optional<String> fault = PathRules.fault(path);
    if (fault.isPresent()) {
      return fault;
    }
    Optional<String> protecting = protecting(path);
    if (protecting.isPresent()) {
      return Optional.of("is protected by `" + protecting.get() + "`");
    }
    var why = measuring.get(path.toLowerCase(Locale.ROOT));
    if (why != null) {
      return Optional.of("is protected: " + why);
    }
    if (editable.isEmpty()) {
      return Optional.of("may not be patched: policy.editable names nothing");
    }
    return editableGlobs.match(path).isPresent()
        ? Optional.empty()
        : Optional.of("matches none of policy.editable: " + String.join(", ", editable));
  }

  private Optional<String> protecting(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return ALWAYS
        .match(lower)
        .or(() -> guarded.match(path))
        .or(() -> guardedInLowerCase.match(lower));
  }
}
