package hostperf.audit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What is known of a member by its name alone, where nothing tells what it is a member of.
final class JudgedMembers {
  private static final Pattern DUNDER = Pattern.compile("__\\w+__");
  private static final Pattern FRAMES =
      Pattern.compile(
          "(f|gi|cr|ag|tb|co)_(back|globals|locals|code|builtins|frame|next|\\w*code)"
              + "|func_(code|globals|closure|defaults|dict)");

  /// Names with two underscores on each side that any code may read.
  private static final Set<String> PLAIN_DUNDERS =
      Set.of(
          ("__init__ __name__ __qualname__ __class__ __len__ __enter__ __exit__ __aenter__"
                  + " __aexit__ __doc__ __version__ __post_init__ __eq__ __hash__ __getitem__"
                  + " __setitem__ __iter__ __next__ __aiter__ __anext__ __call__ __repr__ __str__"
                  + " __contains__ __members__ __module__ __all__ __slots__ __lt__ __le__ __gt__"
                  + " __ge__ __add__ __bool__ __int__ __float__ __index__ __torch_function__ __new__"
                  + " __delitem__ __missing__ __reversed__ __copy__ __deepcopy__ __format__ __iadd__"
                  + " __mul__ __sub__ __and__ __or__ __invert__ __neg__ __ne__ __bytes__ __await__"
                  + " __match_args__ __orig_bases__ __future__")
              .split(" "));

  private static final Map<String, Suspicion> MEMBERS = new HashMap<>();

  static {
    ask(
        Suspicion.TIMING,
        "perf_counter perf_counter_ns monotonic monotonic_ns process_time process_time_ns time_ns"
            + " thread_time thread_time_ns elapsed_time sleep _sleep");
    ask(
        Suspicion.SEED,
        "manual_seed manual_seed_all set_rng_state get_rng_state seed_everything set_random_seed");
    ask(Suspicion.ENVIRONMENT, "environ environb getenv putenv unsetenv");
    ask(Suspicion.PROFILER, "setprofile settrace cudaProfilerStart cudaProfilerStop");
    ask(
        Suspicion.REFLECTION,
        "fromhex maketrans _getframe find_class load_module exec_module resolve_name __func__"
            + " get_objects get_referrers get_referents");
    ask(
        Suspicion.CONCURRENCY,
        "run_in_executor submit call_later call_at call_soon_threadsafe start_new_thread"
            + " apply_async map_async create_subprocess_exec create_subprocess_shell");
    ask(
        Suspicion.FOREIGN_CODE,
        "write_text write_bytes read_text read_bytes unlink rmdir symlink_to hardlink_to chmod"
            + " popen posix_spawn posix_spawnp sendall sendto urlopen tofile write writelines"
            + " subprocess_exec subprocess_shell run_path run_module open");
    ask(
        Suspicion.METRICS,
        "setLevel addHandler removeHandler addFilter removeFilter setLogRecordFactory basicConfig"
            + " handlers propagate");
    ask(Suspicion.SKIPPED_TEST, "skipTest skipif skipIf skipUnless xfail importorskip");
  }

  private JudgedMembers() {}

  static Optional<Suspicion> of(String member) {
    if (isReflective(member)) {
      return Optional.of(Suspicion.REFLECTION);
    }
    return Optional.ofNullable(MEMBERS.get(member));
  }

  /// Whether a text names something that reaches into Python's own workings.
  static boolean isReflective(String name) {
    return FRAMES.matcher(name).matches()
        || DUNDER.matcher(name).matches() && !PLAIN_DUNDERS.contains(name);
  }

  /// Whether a text mentions such a name anywhere.
  static boolean mentionsReflective(String text) {
    var names = DUNDER.matcher(text);
    while (names.find()) {
      if (!PLAIN_DUNDERS.contains(names.group())) {
        return true;
      }
    }
    return false;
  }

  private static void ask(Suspicion suspicion, String names) {
    Arrays.stream(names.split(" ")).forEach(n -> MEMBERS.put(n, suspicion));
  }
}
