package hostperf.audit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What is known of the names of modules and their members: which any optimisation may use, and
/// which a person is asked about. The longest prefix that is listed decides.
final class JudgedNames {
  /// @param suspicion none where the name may be used
  /// @param again whether a file that uses it already may use it again
  record Judged(Optional<Suspicion> suspicion, boolean again) {
    static final Judged FREE = new Judged(Optional.empty(), true);
  }

  private static final Map<String, Judged> BY_NAME = new HashMap<>();
  private static final Set<String> MODULES;

  /// Modules that a longer path leads to as well: `engine.utils.os.system` is `os.system`.
  private static final Set<String> REACHED_THROUGH =
      words(
          "os sys subprocess builtins importlib ctypes shutil pickle socket random marshal runpy"
              + " time pathlib io tempfile urllib http pkgutil threading inspect multiprocessing"
              + " atexit traceback");

  /// The same where the path starts at a value: rarer names only, since values have members too.
  private static final Set<String> REACHED_FROM_VALUES =
      words("os sys subprocess builtins importlib ctypes shutil multiprocessing pickle pkgutil");

  static {
    free(
        """
        math cmath itertools functools collections operator typing typing_extensions dataclasses
        enum abc bisect heapq array struct copy numbers contextlib string re textwrap statistics
        decimal fractions queue json __future__ uuid hashlib warnings
        importlib.util.find_spec multiprocessing.cpu_count
        types.SimpleNamespace types.MappingProxyType types.NoneType types.EllipsisType
        types.GenericAlias types.UnionType types.TracebackType
        logging weakref datetime.timedelta
        gc.freeze gc.unfreeze gc.collect gc.disable gc.enable gc.isenabled gc.get_threshold
        gc.set_threshold gc.get_count gc.get_stats gc.get_freeze_count
        os.path.join os.path.basename os.path.dirname os.path.splitext os.path.normpath os.PathLike
        os.fspath os.cpu_count sys.maxsize sys.byteorder sys.intern sys.version_info sys.platform
        sys.getsizeof os.sched_yield io.BytesIO io.StringIO pickle.dumps pickle.PickleBuffer
        pickle.HIGHEST_PROTOCOL zlib concurrent.futures.Future torch.profiler.record_function
        torch.autograd.profiler.record_function
        threading.Lock threading.RLock threading.Condition threading.Event threading.Semaphore
        threading.local threading.current_thread threading.get_ident threading.main_thread
        asyncio torch numpy triton orjson ujson msgspec
        """);
    ask(
        Suspicion.TIMING,
        """
        time datetime timeit sched calendar asyncio.sleep torch.cuda._sleep torch.utils.benchmark
        uuid.uuid1 uuid.uuid6 uuid.uuid7 logging.LogRecord logging.makeLogRecord numpy.datetime64
        triton.testing
        """);
    ask(
        Suspicion.SEED,
        """
        random secrets numpy.random torch.manual_seed torch.seed torch.initial_seed torch.random
        torch.get_rng_state torch.set_rng_state torch.Generator torch.cuda.manual_seed
        torch.cuda.manual_seed_all torch.cuda.set_rng_state torch.cuda.get_rng_state
        torch.cuda.random torch.use_deterministic_algorithms
        """);
    ask(
        Suspicion.ENVIRONMENT,
        "os.environ os.environb os.getenv os.getenvb os.putenv os.unsetenv os.path.expandvars"
            + " os.path.expanduser");
    ask(
        Suspicion.PROFILER,
        """
        cProfile profile pstats line_profiler trace tracemalloc faulthandler nvtx
        sys.setprofile sys.settrace sys.gettrace sys.getprofile sys.monitoring
        sys.activate_stack_trampoline sys.setswitchinterval sys.addaudithook
        threading.setprofile threading.settrace threading.setprofile_all_threads
        threading.settrace_all_threads torch.profiler torch.autograd.profiler
        torch.cuda.cudart torch.cuda.profiler
        """);
    ask(
        Suspicion.MODULES,
        """
        sys.modules sys.path sys.meta_path sys.path_hooks sys.path_importer_cache
        builtins.delattr torch.library torch.set_default_dtype
        torch.set_float32_matmul_precision torch.set_num_threads torch.set_default_device
        torch.overrides torch.utils._python_dispatch torch.nn.modules.module
        torch.backends importlib imp pkgutil zipimport runpy site builtins unittest.mock pytest.MonkeyPatch
        """);
    ask(
        Suspicion.REFLECTION,
        """
        types operator.attrgetter operator.methodcaller operator.call
        typing.get_type_hints typing.ForwardRef
        typing_extensions.get_type_hints dataclasses.make_dataclass enum.EnumMeta enum.EnumType
        abc.ABCMeta gc ast dis tokenize codeop code opcode symtable weakref.finalize
        builtins.globals builtins.locals builtins.vars builtins.dir builtins.chr
        builtins.__import__ string.Formatter string.Template
        copyreg codecs base64 pybase64 binascii quopri zlib.decompress zlib.decompressobj gzip bz2 lzma encodings
        """);
    ask(
        Suspicion.CALLER,
        """
        inspect traceback sys._getframe sys._current_frames sys._current_exceptions sys.argv
        sys.orig_argv sys.flags sys.exc_info sys.exception sys.executable sys.gettotalrefcount
        os.getpid os.getppid platform getpass pwd socket.gethostname psutil resource
        sys.unraisablehook sys._framemodulename sys._getframemodulename
        """);
    ask(
        Suspicion.CONCURRENCY,
        """
        threading concurrent multiprocessing _thread _multiprocessing
        asyncio.to_thread asyncio.run asyncio.new_event_loop asyncio.create_subprocess_exec
        asyncio.create_subprocess_shell asyncio.subprocess asyncio.run_coroutine_threadsafe
        torch.multiprocessing
        os.fork os.forkpty os.register_at_fork
        """);
    ask(
        Suspicion.FOREIGN_CODE,
        """
        os posix nt sys _io io pathlib shutil tempfile glob fileinput mmap fcntl termios pty tty
        subprocess signal atexit ctypes cffi socket ssl select selectors socketserver asyncore
        http urllib urllib3 requests httpx aiohttp ftplib smtplib poplib imaplib telnetlib xmlrpc
        webbrowser wsgiref email pickle cPickle dill cloudpickle joblib marshal shelve dbm sqlite3
        zipfile tarfile csv configparser tomllib yaml plistlib netrc
        logging.handlers logging.config syslog asyncio.open_connection asyncio.start_server
        numpy.load numpy.save numpy.savez numpy.savetxt numpy.loadtxt numpy.genfromtxt
        numpy.fromfile numpy.tofile numpy.memmap numpy.ctypeslib numpy.f2py numpy.distutils
        numpy.testing numpy.lib.format numpy.lib.npyio numpy.DataSource numpy.lib._datasource
        numpy.compat torch.utils.collect_env torch.distributed.rpc torch.distributed.run
        torch.UntypedStorage.from_file
        torch.load torch.save torch.hub torch.package torch.jit.load torch.jit.save
        torch.ops.load_library torch.classes.load_library torch.utils.cpp_extension
        torch.utils.model_zoo torch.from_file torch.utils.dlpack torch._C torch.serialization
        torch.testing contextlib.redirect_stdout contextlib.redirect_stderr
        """);
    ask(
        Suspicion.METRICS,
        """
        sys.stdout sys.stderr sys.__stdout__ sys.__stderr__ sys.displayhook pprint
        logging.disable logging.shutdown logging.basicConfig logging.setLoggerClass
        logging.setLogRecordFactory logging.addLevelName logging.Handler logging.StreamHandler
        logging.FileHandler logging.Filter logging.Formatter logging.root logging.lastResort
        logging.raiseExceptions logging.captureWarnings warnings.showwarning
        """);
    ask(Suspicion.SKIPPED_TEST, "pytest unittest nose doctest hypothesis");
    ask(Suspicion.SWALLOWED_EXCEPTION, "contextlib.suppress sys.excepthook threading.excepthook");
    askWhenNew(Suspicion.FOREIGN_CODE, "os.path pathlib.Path pathlib.PurePath");
    askWhenNew(Suspicion.CONCURRENCY, "asyncio.to_thread");
    askWhenNew(
        Suspicion.REFLECTION,
        "base64.b64encode base64.b64decode pybase64.b64encode pybase64.b64decode");
    MODULES =
        BY_NAME.keySet().stream()
            .map(n -> n.split("\\.")[0])
            .filter(n -> !n.equals("builtins"))
            .collect(Collectors.toSet());
  }

  private JudgedNames() {}

  /// The name under which a file has a use already: a faster module with the same functions brings
  /// nothing new.
  static String sameAs(String dotted) {
    return dotted.replaceFirst("^pybase64\\b", "base64");
  }

  /// What is known of a full name; none where neither it nor a module around it is listed.
  static Optional<Judged> of(String dotted) {
    return of(dotted, 0);
  }

  /// @param own how many of the first parts lead to a module of the checkout
  static Optional<Judged> of(String dotted, int own) {
    if (dotted.startsWith("builtins.")) {
      return builtin(dotted);
    }
    var parts = dotted.split("\\.");
    for (int from = Math.max(1, own); from < parts.length; from++) {
      if (REACHED_THROUGH.contains(parts[from])) {
        var inner = of(String.join(".", Arrays.copyOfRange(parts, from, parts.length)));
        if (inner.flatMap(Judged::suspicion).isPresent()) {
          return inner;
        }
      }
    }
    return longest(parts);
  }

  /// The name that a path from a value leads to: `os.system` for `self.os.system`.
  static Optional<String> reachedFromValue(String path) {
    var parts = path.split("\\.");
    for (int from = 1; from < parts.length; from++) {
      if (REACHED_FROM_VALUES.contains(parts[from])) {
        return Optional.of(String.join(".", Arrays.copyOfRange(parts, from, parts.length)));
      }
    }
    return Optional.empty();
  }

  /// Whether the name is a listed module itself, which a value should not be made of.
  static boolean isModule(String dotted) {
    return MODULES.contains(dotted);
  }

  private static Optional<Judged> builtin(String dotted) {
    var name = dotted.substring("builtins.".length());
    int dot = name.indexOf('.');
    var head = dot < 0 ? name : name.substring(0, dot);
    if (AllowedBuiltins.isHarmless(head) || AllowedBuiltins.isByArguments(head)) {
      return Optional.of(Judged.FREE);
    }
    return AllowedBuiltins.isForeign(head)
        ? Optional.of(new Judged(Optional.of(Suspicion.FOREIGN_CODE), false))
        : longest(("builtins." + head).split("\\."));
  }

  private static Optional<Judged> longest(String[] parts) {
    for (int to = parts.length; to > 0; to--) {
      var judged = BY_NAME.get(String.join(".", Arrays.copyOf(parts, to)));
      if (judged != null) {
        return Optional.of(judged);
      }
    }
    return Optional.empty();
  }

  private static void free(String names) {
    words(names).forEach(n -> BY_NAME.put(n, Judged.FREE));
  }

  private static void ask(Suspicion suspicion, String names) {
    words(names).forEach(n -> BY_NAME.put(n, new Judged(Optional.of(suspicion), false)));
  }

  private static void askWhenNew(Suspicion suspicion, String names) {
    words(names).forEach(n -> BY_NAME.put(n, new Judged(Optional.of(suspicion), true)));
  }

  private static Set<String> words(String names) {
    return Arrays.stream(names.strip().split("\\s+")).collect(Collectors.toSet());
  }
}
