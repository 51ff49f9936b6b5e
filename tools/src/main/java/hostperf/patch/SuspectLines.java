package hostperf.patch;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Which words on a single line of Python raise a suspicion.
final class SuspectLines {
  private static final String SET = "\\s*(:\\s*[\\w\\[\\], .]+)?([-+*/%|&]|//)?=(?!=)";

  // `x = x[...:n]`, or a loop over a part of the requests.
  private static final String CUT =
      "\\b\\w*(requests|prompts|samples|batches)\\w*\\[[^\\]]*:[^\\]]*\\]";

  private static final Map<Suspicion, Pattern> WORDS = new EnumMap<>(Suspicion.class);

  static {
    put(
        Suspicion.TIMING,
        "\\btime\\.\\w+|\\b(perf_counter|monotonic|process_time|time_ns|elapsed_time|timeit"
            + "|time_taken|duration)\\w*\\b|\\bsleep\\s*\\(|\\b(cuda\\.)?Event\\s*\\("
            + "|\\b\\w*(start|end|begin|stop|step|wall|elapsed|host|device)_?times?(_\\w+)?"
            + SET
            + "|\\bdatetime\\b|\\bfrom time\\b|\\bimport time\\b");
    put(
        Suspicion.SAMPLING,
        "\\b(temperature|top_k|top_p|min_p|beam_width|num_beams|max_tokens|max_new_tokens"
            + "|min_tokens|end_id|eos_token_id|stop_words|stop_token_ids|ignore_eos"
            + "|\\w+_penalty|best_of|num_return_sequences|logits_processors?|sampling_params"
            + "|sampling_config|greedy|do_sample|speculative_config|dtype|quant_config)"
            + SET
            + "|\\bSamplingParams\\s*\\(");
    put(
        Suspicion.SEED,
        "\\b(manual_seed\\w*|set_seed|seed_everything|random_seed|PYTHONHASHSEED|[gs]et_rng_state"
            + "|default_rng|use_deterministic_algorithms)\\b|\\bseed\\s*[(=]|\\bGenerator\\s*\\("
            + "|\\brandom\\.\\w+\\s*\\(");
    put(
        Suspicion.REQUEST_COUNT,
        "\\b(num_requests|n_requests|request_count|num_prompts|num_samples|num_iters"
            + "|num_iterations|num_steps|iterations|warmup\\w*|max_batch_size|max_num_requests"
            + "|max_num_tokens|max_seq_len|concurrency|output_len\\w*|input_len\\w*|num_layers"
            + "|num_hidden_layers)"
            + SET
            + "|"
            + CUT);
    put(
        Suspicion.METRICS,
        "\\bprint\\s*\\(|\\b(logger|logging|log|_log|LOG)\\.\\w+|sys\\.(stdout|stderr)"
            + "|\\b\\w*(throughput|latency|tpot|ttft|tok(ens)?_per_s\\w*|total_tokens"
            + "|num_generated\\w*|metrics?|iter_stats|statistics)\\w*"
            + SET
            + "|\\b(record|report|emit|observe|update)_\\w*(metric|stat|latenc|throughput)\\w*");
    put(
        Suspicion.PROFILER,
        "(?i)line_?profiler|@profile\\b|\\bcProfile\\b|profiler|nvtx|\\b(sys|threading)\\."
            + "(setprofile|settrace|monitoring|gettrace|getprofile)|\\bcudaProfiler");
    put(Suspicion.ENVIRONMENT, "\\benviron\\w*\\b|\\b(get|put|unset)env\\b");
    put(
        Suspicion.MODULES,
        "sys\\.(modules|path|meta_path|path_hooks)|\\bimportlib\\b|__import__|\\bbuiltins\\b"
            + "|__builtins__|\\b(set|del)attr\\s*\\(|\\b__(class|code|globals|dict|getattr|"
            + "getattribute|defaults|wrapped)__\\b|\\bmonkeypatch|\\bglobals\\s*\\(\\s*\\)"
            + "|\\bsite\\.\\w+|\\bunittest\\.mock\\b|\\bmock\\.patch\\b");
    put(
        Suspicion.CALLER,
        "sys\\.(_getframe|_current_frames|argv|flags|orig_argv)|\\binspect\\.\\w+|\\btraceback\\.\\w+"
            + "|__file__|__main__|\\b__debug__\\b|\\bgetpid\\b|\\bgetppid\\b|/proc/");
    put(
        Suspicion.FOREIGN_CODE,
        "(?<![.\\w])(eval|exec|compile|open)\\s*\\(|\\bsubprocess\\b|\\bos\\.(system|popen|exec\\w*"
            + "|spawn\\w*|fork\\w*|kill\\w*|_exit|remove|unlink|rename|replace)\\b|\\bctypes\\b|\\bsocket\\b"
            + "|\\bpickle\\.loads?|\\bmarshal\\b|\\batexit\\b|\\bsignal\\.\\w+|\\b(sys\\.)?exit\\s*\\("
            + "|\\burllib\\b|\\brequests\\.(get|post)|\\bshutil\\.\\w+|\\bbase64\\b|\\bcodecs\\.decode");
    put(
        Suspicion.SKIPPED_TEST,
        "\\bpytest\\.\\w*|\\bskip(if|_if|test|unless)?\\s*\\(|\\bskipif\\b|\\bxfail\\b|\\bSkipTest\\b"
            + "|\\bexpectedFailure\\b|\\bimportorskip\\b|\\bunittest\\.skip");
  }

  // Taking away a line can hide as much as adding one.
  private static final Set<Suspicion> WHEN_REMOVED =
      EnumSet.of(
          Suspicion.TIMING,
          Suspicion.SEED,
          Suspicion.REQUEST_COUNT,
          Suspicion.SAMPLING,
          Suspicion.METRICS,
          Suspicion.PROFILER,
          Suspicion.ENVIRONMENT);

  private static final Pattern CHECK =
      Pattern.compile("^(assert\\b|raise\\b)|\\b(torch\\._assert|_check\\w*|validate\\w*)\\s*\\(");

  private SuspectLines() {}

  static List<Suspicion> ofAdded(String code) {
    return matching(code, WORDS.keySet());
  }

  static List<Suspicion> ofRemoved(String code) {
    return matching(code, WHEN_REMOVED);
  }

  static boolean isCheck(String code) {
    return CHECK.matcher(code).find();
  }

  /// The line up to a `#` outside quotes. A line within a multi-line string is read as code.
  static String withoutComment(String line) {
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '#') {
        return line.substring(0, i);
      }
    }
    return line;
  }

  private static List<Suspicion> matching(String code, Set<Suspicion> candidates) {
    var found = new ArrayList<Suspicion>();
    WORDS.forEach(
        (suspicion, words) -> {
          if (candidates.contains(suspicion) && words.matcher(code).find()) {
            found.add(suspicion);
          }
        });
    return found;
  }

  private static void put(Suspicion suspicion, String words) {
    WORDS.put(suspicion, Pattern.compile(words));
  }
}
