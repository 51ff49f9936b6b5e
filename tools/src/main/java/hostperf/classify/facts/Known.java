package hostperf.classify.facts;

import java.util.Locale;

/// What can be known of a line, by the name that the heads in
/// `references/hotspot-classification.md` use for it: `READS_BACK` is `reads-back` there.
public enum Known {
  // Values that cross between host and device.
  READS_BACK,
  READS_VALUE,
  READS_LIST,
  SIZED_BY_DATA,
  MASKED,
  COPIES_TO_HOST,
  HELPER_MOVES,
  BUILT_ON_DEVICE,
  MOVES_TO_DEVICE,
  COPY_BLOCKS,
  SETS_NUMBER,
  HOST_INDEX,
  TRUTH_OF_TENSOR,
  SLOW_STORE,
  READ_AND_DROPPED,
  SLOW_HIT,
  // Waits.
  SYNCHRONIZES,
  WAITS_FOR_EVENT,
  WAITS_BY_MAP,
  // Tensors and arrays.
  MAKES_BUFFER,
  MAKES_TENSOR,
  MAKES_ON_HOST,
  MAKES_ARRAY,
  JOINS_TENSORS,
  LAUNCHES,
  LAUNCHES_CHAIN,
  GENERAL_CALL,
  // Containers.
  COPIES_CONTAINER,
  COPIES_TREE,
  ADDS_LISTS,
  SHIFTS_LIST,
  SEARCHES_LIST,
  // Loops.
  LOOP_HEAD,
  COUNTED_LOOP,
  IN_LOOP,
  ELEMENTWISE,
  COMPREHENSION,
  // The same each time.
  SAME_IN_LOOP,
  IMPORTS_INSIDE,
  PATTERN_LOOKUP,
  ASKS_SURROUNDINGS,
  MADE_TO_KEEP,
  CHANGES_IN_LOOP,
  // Who uses the result.
  UNREAD,
  UNREAD_RESULT,
  CLEARS_ALL,
  EAGER_LOG,
  LOG_CALL,
  // Calls.
  COLLECTIVE,
  REMOTE,
  CALLEE_EXCHANGES,
  CALLEE_WAITS,
  SERIALIZES,
  SPINS,
  POLLS,
  HANDS_OVER,
  NOT_AWAITED,
  CALLS_COLLECTOR,
  COMPILES,
  BOUND_OPERATION,
  BOUND_BY_MAP,
  MAKES_ENUM,
  BULK_WORK,
  SORTS,
  PROGRAM_CALL,
  TESTS,
  RUNS_MODEL,
  REPLAYS_GRAPH,
  // Where it stands.
  PER_LAYER,
  IN_ASYNC,
  CALL_ALONE,
  // What the passes counted.
  STAYED,
  RUNS,
  TURNS,
  CALLS,
  FUNCTION_TAKES,
  FUNCTION_REPEATS,
  SAME_RESULT,
  REPEATS_IN_STEP,
  REPEATS_IN_RUN,
  RESULT_UNUSED,
  SAME_ITEMS,
  SELDOM_TRUE,
  ALWAYS_TRUE,
  READ_WHERE_NOTHING_RAN,
  DID_READ_BACK,
  DID_SYNCHRONIZE,
  DID_COPY,
  DID_LAUNCH,
  DID_REPLAY,
  DID_COLLECT,
  DID_WAIT,
  DID_SERIALISE,
  DID_EXCHANGE,
  DID_LOG_NOTHING,
  DID_LOG,
  LOCK_NOT_HELD;

  /// Whether it only says where a line stands, which whoever reads the line sees. What it tells of
  /// a type is no more than how often engineers changed such lines for it.
  public boolean isContext() {
    return switch (this) {
      case SLOW_HIT,
          LOOP_HEAD,
          COUNTED_LOOP,
          IN_LOOP,
          COMPREHENSION,
          PROGRAM_CALL,
          TESTS,
          PER_LAYER,
          IN_ASYNC,
          CALL_ALONE ->
          true;
      default -> false;
    };
  }

  /// As the page writes it.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
