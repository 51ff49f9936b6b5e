package hostperf.classify;

import hostperf.source.Call;
import hostperf.source.Devices;
import hostperf.source.Node;
import hostperf.source.PythonClass;
import hostperf.source.PythonFunction;
import java.util.Optional;

/// What a line's calls cross or wait for, by what they resolve to, by the target's map, or by their
/// names.
final class CallFacts {
  private static final String COLLECTIVE =
      ".*(all_?reduce|all_?gather|all_?to_?all|reduce_scatter|broadcast_(py)?obj|broadcast_tensor"
          + "|broadcast_object|isend|irecv|barrier|send_tensor|recv_tensor|reduce_(min|max|sum)"
          + "|dist_?(all)?(gather|reduce|scatter|broadcast)).*";

  private static final String SERIALIZES =
      "dumps|loads|model_dump\\w*|model_validate_json|to_json|from_json|SerializeToString"
          + "|ParseFromString|FromString|asdict|json|serialize|deserialize|pickle|unpickle|to_dict"
          + "|MessageToDict|packb|unpackb|(send|recv)_(pyobj|object)|tobytes|b64encode|b64decode";

  /// A longer function does more than one thing, and a profile of it has to tell which costs.
  private static final int BRIEF = 60;

  private final Spot spot;
  private final FactList facts;

  private CallFacts(Spot spot, FactList facts) {
    this.spot = spot;
    this.facts = facts;
  }

  static void add(Spot spot, FactList facts) {
    var calls = new CallFacts(spot, facts);
    for (var call : spot.calls()) {
      calls.waits(call);
      calls.exchanges(call);
      calls.serializes(call);
      calls.threads(call);
      calls.crosses(call);
      calls.weight(call);
      calls.callee(call).ifPresent(f -> calls.inside(call, f));
    }
    spot.nodes("attribute").forEach(calls::bound);
    calls.shape();
    calls.loops();
  }

  private void waits(Call call) {
    var meant = spot.target().calls().waitAt(call.callee());
    var receiver = call.receiver().map(Node::text).orElse("");
    if (meant.isPresent()) {
      facts.named(
          Known.WAITS_BY_MAP,
          "%s waits on purpose for %s, by the target's map",
          call.node(),
          meant.get().why());
    } else if (call.isNamed("synchronize", "block_until_ready", "wait_until_ready")) {
      boolean event = receiver.matches("(?i).*(event|ready|done).*");
      if (event) {
        facts.named(Known.WAITS_FOR_EVENT, "%s waits for an event, by its name", call.node());
      } else {
        boolean torch = call.resolved().startsWith("torch.");
        if (torch) {
          facts.seen(Known.SYNCHRONIZES, "%s makes the host wait for the device", call.node());
        } else {
          facts.named(
              Known.SYNCHRONIZES,
              "%s makes the host wait for the device, by its name",
              call.node());
        }
      }
    } else if (call.name()
        .matches(
            "_?(\\w+_)?(sync|synchronize)(_device|_stream|_cuda|_gpu|_hpu|_npu)?|empty_cache")) {
      facts.named(Known.SYNCHRONIZES, "%s synchronises, by its name", call.node());
    } else if (call.isNamed("wait")
        && receiver.matches("(?i).*(handle|work|req|event|future|stream|cond).*")) {
      facts.named(
          Known.WAITS_FOR_EVENT, "%s waits for work started earlier, by its name", call.node());
    }
    if (call.isNamed("replay") && receiver.matches("(?i).*graph.*")) {
      facts.named(Known.REPLAYS_GRAPH, "%s launches a captured graph, by its name", call.node());
    } else if (call.callee()
        .matches("(self\\.)?(\\w+\\.)*(model|_model)(\\.forward)?|.*\\.execute_model")) {
      facts.named(Known.RUNS_MODEL, "%s runs the model, by its name", call.node());
    }
  }

  private static boolean isCollective(Call call) {
    return call.name().toLowerCase(java.util.Locale.ROOT).matches(COLLECTIVE)
        || (call.resolved().startsWith("torch.distributed.")
            && !call.name().matches("(?i)(get|is)_.*"));
  }

  private void exchanges(Call call) {
    if (call.resolved().startsWith("torch.distributed.") && isCollective(call)) {
      facts.seen(
          Known.COLLECTIVE, "%s exchanges with other ranks; it %s", call.node(), spot.rate());
    } else if (isCollective(call) || spot.target().calls().isCollective(call.callee())) {
      facts.named(
          Known.COLLECTIVE,
          "%s exchanges with other ranks, by its name or the target's map",
          call.node());
    } else if (call.name()
            .matches("_?(send|recv|publish)_\\w+|remote|\\w+_across_(dp|tp|pp|ep|ranks)")
        || call.resolved().matches("ray\\.(get|wait)")
        || call.receiver()
            .filter(r -> r.text().matches("(?i)[\\w.]*(client|rpc|stub|socket|channel)(\\.root)?"))
            .isPresent()) {
      facts.named(Known.REMOTE, "%s exchanges with another process, by its name", call.node());
    }
  }

  private void serializes(Call call) {
    boolean coder =
        call.isNamed("dump", "load", "encode", "decode", "send", "recv")
            && call.receiver()
                .filter(
                    r -> r.text().matches("(?i).*(json|pickle|msgpack|msgspec|encoder|decoder).*"))
                .isPresent();
    boolean module =
        call.resolved()
            .matches(
                "(json|orjson|pickle|cloudpickle|msgpack|msgspec|torch|base64)\\..*(dump|load|save|code|pack).*");
    if (module) {
      facts.seen(Known.SERIALIZES, "%s turns values into bytes or text, or back", call.node());
    } else if (coder || call.name().matches(SERIALIZES)) {
      facts.named(
          Known.SERIALIZES,
          "%s turns values into bytes or text, or back, by its name",
          call.node());
    }
  }

  private void threads(Call call) {
    var receiver = call.receiver().map(Node::text).orElse("");
    if (call.isNamed("acquire", "release") && !receiver.isEmpty()) {
      facts.named(Known.LOCKS, "%s takes or gives back a lock, by its name", call.node());
    } else if (call.isNamed("result") && receiver.matches("(?i)[\\w.]*fut(ure)?s?(\\[.*])?")) {
      facts.named(Known.HANDS_OVER, "%s waits for another thread, by its name", call.node());
    } else if (call.resolved().matches("time\\.sleep|asyncio\\.sleep")) {
      facts.seen(Known.HANDS_OVER, "%s passes control to another thread or task", call.node());
    } else if (call.isNamed(
        "submit", "call_soon_threadsafe", "run_in_executor", "run_coroutine_threadsafe")) {
      facts.named(Known.HANDS_OVER, "%s passes work to another thread, by its name", call.node());
    }
    if (call.resolved().startsWith("gc.")) {
      facts.seen(
          Known.CALLS_COLLECTOR, "%s is a call of the collector; it %s", call.node(), spot.rate());
    }
  }

  private void crosses(Call call) {
    if (call.callee().matches("(_C|ops|_custom_ops|torch\\.ops\\.\\w+)\\.\\w+")) {
      facts.named(
          Known.BOUND_OPERATION,
          "%s is a C++ operation behind a binding, by its name",
          call.node());
    }
    if (call.name()
        .matches("_?(convert_)?(list|lists|seq)_?to_?\\w*|_?convert_list\\w*|to_device_array")) {
      facts.named(Known.CONVERTS_LIST, "%s converts a Python list, by its name", call.node());
    }
    boolean isEnum =
        call.node().file().classNamed(call.callee()).filter(PythonClass::isEnum).isPresent();
    if (isEnum && call.positional().size() == 1) {
      facts.seen(
          Known.MAKES_ENUM, "%s looks an enum member up by value; it %s", call.node(), spot.rate());
    } else if (call.positional().size() == 1
        && call.name().matches("[A-Z][A-Za-z0-9]*(State|Status|Mode|Kind|Reason|Phase|Enum)")) {
      facts.named(
          Known.MAKES_ENUM, "%s looks an enum member up by value, if it is an enum", call.node());
    } else if (call.name().matches("[A-Z]\\w*[a-z]\\w*") && !spot.isStatement(call.node())) {
      facts.named(Known.MAKES_OBJECT, "%s makes an object, by its name", call.node());
    }
    if (call.resolved().equals("torch.compile") || call.resolved().startsWith("torch._dynamo.")) {
      facts.seen(Known.COMPILES, "%s changes what is compiled each time it runs", call.node());
    } else if (call.name()
        .matches("get_(forward_)?context|get_current_(forward_)?context|get_forward_\\w*")) {
      facts.named(Known.GLOBAL_CONTEXT, "%s reads a global context, by its name", call.node());
    }
  }

  /// Calls whose own front is known to be heavy, or whose work is the line's purpose.
  private void weight(Call call) {
    var receiver = call.receiver().map(Node::text).orElse("");
    if (call.isNamed("current_stream", "current_device")
        || call.resolved().matches("torch\\.\\w+\\.(stream|device)")) {
      facts.seen(
          Known.SETS_STREAM, "%s asks or sets the device's state through Python", call.node());
    } else if (receiver.matches("(?i)([\\w.]+[._])?tokenizer")
        || call.name()
            .matches(
                "(batch_)?(decode|encode)|apply_chat_template|convert_\\w+_to_\\w+|tokenizer")) {
      facts.named(Known.TOKENIZES, "%s converts text and tokens, by its name", call.node());
    } else if (call.name().matches("hash|\\w*_hash|sha\\d+|md5")) {
      facts.named(Known.HASHES, "%s digests data, by its name", call.node());
    } else if (call.isNamed("argsort", "sort", "sorted", "lexsort", "topk", "cdist")) {
      facts.seen(Known.SORTS, "%s orders data", call.node());
    } else if (call.isNamed("hasattr", "getattr", "setattr")) {
      facts.seen(Known.DYNAMIC_ATTRIBUTE, "%s looks an attribute up by its name", call.node());
    } else if (call.name().matches("_?(make|pad)_\\w*pad\\w*|pad_\\w+")) {
      facts.named(Known.PADS, "%s adds padding, by its name", call.node());
    }
    if (spot.calls().getFirst().equals(call)
        && !spot.isInLoop(call.node())
        && spot.isProgramCall(call)) {
      facts.seen(Known.PROGRAM_CALL, "%s is called; the line %s", call.node(), spot.rate());
      if (spot.function().isAsync()
          && call.node().ancestors().takeWhile(n -> !n.is("block")).noneMatch(n -> n.is("await"))) {
        facts.seen(
            Known.NOT_AWAITED,
            "%s is not awaited: until it returns, the event loop runs nothing else",
            call.node());
      }
    }
  }

  /// `self.method()`, `Class.method()` or `function()`, where the file has it.
  private Optional<PythonFunction> callee(Call call) {
    var receiver = call.receiver().map(Node::text);
    if (receiver.isEmpty()) {
      return spot.function().file().functions().stream()
          .filter(f -> f.owner().isEmpty() && f.name().equals(call.name()))
          .findFirst();
    }
    var owner =
        receiver.get().matches("self|cls")
            ? spot.function().owner()
            : spot.function().file().classNamed(receiver.get());
    return owner.flatMap(c -> c.method(call.name()));
  }

  private void inside(Call call, PythonFunction callee) {
    if (callee.endLine() - callee.line() >= BRIEF) {
      return;
    }
    var devices = Devices.of(callee);
    for (var inner : callee.calls()) {
      boolean reads =
          inner.isNamed("item", "tolist", "cpu")
              && inner.positional().isEmpty()
              && inner.receiver().filter(r -> !devices.of(r).device().isHost()).isPresent();
      if (isCollective(inner)) {
        within(Known.CALLEE_EXCHANGES, call, callee, inner);
      } else if (inner.isNamed("synchronize") || reads) {
        within(Known.CALLEE_WAITS, call, callee, inner);
      }
    }
  }

  private void within(Known known, Call call, PythonFunction callee, Call inner) {
    facts.seen(
        known,
        "%s calls `%s`, which has %s at line %s",
        call.node(),
        callee.name(),
        inner.node(),
        inner.node().line());
  }

  private void bound(Node attribute) {
    var map = spot.target().bound();
    var member = attribute.child("attribute").map(Node::text).orElse("");
    var receiver = attribute.child("object").filter(o -> !spot.isPythons(o, member));
    boolean object = receiver.filter(o -> map.isObject(lastName(o))).isPresent();
    boolean request =
        receiver.filter(o -> map.isReceiver(lastName(o)) || isBoundSelf(o, member)).isPresent();
    if (object || (request && map.crosses(member))) {
      facts.named(
          Known.BOUND_BY_MAP,
          "%s crosses into bound C++%s, by the target's map; it %s",
          attribute,
          map.isCopying(member) ? " and copies a container" : "",
          spot.rate());
    }
  }

  /// `self` and `super()` in a class on top of a bound one, where the class itself does not define
  /// the member.
  private boolean isBoundSelf(Node object, String member) {
    boolean inherited = object.text().equals("super()");
    return (object.text().equals("self") || inherited)
        && spot.function()
            .owner()
            .filter(
                c ->
                    spot.target().bound().isClass(c.name())
                        || c.bases().stream().anyMatch(spot.target().bound()::isClass))
            .filter(c -> inherited || (c.method(member).isEmpty() && c.property(member).isEmpty()))
            .isPresent();
  }

  private static String lastName(Node node) {
    return node.text().substring(node.text().lastIndexOf('.') + 1);
  }

  private void shape() {
    var function = spot.function();
    var statement = spot.statement();
    if (function.name().matches("__(getattr\\w*|setattr|getitem)__")) {
      facts.seen(Known.ACCESS_HOOK, "Python calls `%s` for an access", function.name());
    } else if (function.name().matches("__(getstate|setstate|reduce|reduce_ex)__")) {
      facts.seen(
          Known.PICKLE_HOOK, "`%s` runs when the object is pickled or copied", function.name());
    }
    boolean route =
        function.decorators().stream()
            .anyMatch(
                d ->
                    d.matches(
                        "(?s)(app|router|\\w*_router)\\.(get|post|put|api_route|route)\\(.*"));
    if (statement.is("return_statement") && route && spot.calls().isEmpty()) {
      facts.named(
          Known.ANSWERS_ROUTE,
          "The function answers a web request, by its decorator: what it returns becomes text");
    }
    if (!spot.nodes("interpolation").isEmpty()) {
      facts.seen(
          Known.FORMATS_TEXT, "%s is formatted as text", spot.nodes("interpolation").getFirst());
    }
    if (statement.is("if_statement", "elif_clause")) {
      facts.seen(Known.TESTS, "The line is a test; it %s", spot.rate());
    } else if (statement.is("return_statement")) {
      facts.seen(Known.RETURNS, "The line returns a value; it %s", spot.rate());
    }
    spot.nodes("with_item").stream()
        .filter(i -> i.text().matches("(?i)[\\w.]*(lock|mutex|condition)\\w*"))
        .forEach(i -> facts.named(Known.LOCKS, "%s takes a lock, by its name", i));
  }

  private void loops() {
    var around =
        spot.statement().ancestor("while_statement", "for_statement", "function_definition");
    var loop =
        spot.statement().is("while_statement")
            ? Optional.of(spot.statement())
            : around.filter(n -> n.is("while_statement"));
    var body = loop.flatMap(l -> l.child("body")).map(Node::items).orElse(java.util.List.of());
    if (loop.isEmpty() || body.isEmpty()) {
      return;
    }
    if (body.stream().allMatch(s -> s.is("pass_statement", "continue_statement"))) {
      facts.seen(Known.SPINS, "%s spins without waiting for anything", loop.get());
    } else if (loop.get().child("condition").filter(c -> c.is("true", "integer")).isPresent()
        && loop.get().find("await").findAny().isEmpty()
        && PythonFunction.calls(loop.get()).stream()
            .anyMatch(
                c ->
                    c.name()
                        .matches("sched_yield|sleep|memory_fence|fence|yield_|_?spin\\w*|pause"))) {
      facts.seen(Known.POLLS, "It polls in the endless loop at line %s", loop.get().line());
    }
  }
}
