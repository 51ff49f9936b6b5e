package hostperf.classify.facts;

import hostperf.source.Call;
import hostperf.source.Devices;
import hostperf.source.Node;
import hostperf.source.PythonClass;
import hostperf.source.PythonFunction;
import java.util.List;
import java.util.Optional;

/// What a line's calls cross, wait for or compute, by what they resolve to, by the target's map, or
/// by their names.
final class CallFacts {
  private static final String COLLECTIVE =
      "(?i).*(all_?reduce|all_?gather|all_?to_?all|reduce_scatter|broadcast_(py)?obj"
          + "|broadcast_tensor|broadcast_object|isend|irecv|barrier|send_tensor|recv_tensor"
          + "|reduce_(min|max|sum)|dist_?(all)?(gather|reduce|scatter|broadcast)).*";

  private static final CallTable WAITS =
      CallTable.of(
          """
          waits-for-event | named | name:synchronize|block_until_ready|wait_until_ready on:(?i).*(event|ready|done).* | waits for an event
          synchronizes | seen | resolved:torch\\..*\\.synchronize | makes the host wait for the device
          synchronizes | named | name:synchronize|block_until_ready|wait_until_ready | makes the host wait for the device
          synchronizes | named | name:_?sync(_(device|stream|cuda|gpu|hpu|npu))?|_?(device|stream|cuda|gpu|hpu|npu)_sync|_?(\\w+_)?synchronize(_\\w+)?|empty_cache | synchronises
          waits-for-event | named | name:wait on:(?i).*(handle|work|req|event|future|stream|cond).* | waits for work started earlier
          """);

  private static final CallTable TABLE =
      CallTable.of(
          """
          replays-graph | named | name:replay on:(?i).*graph.* | launches a captured graph
          runs-model | named | callee:(self\\.)?(\\w+\\.)*(model|_model)(\\.forward)?|.*\\.execute_model | runs the model

          collective | seen | resolved:torch\\.distributed\\..* not:(?i)(get|is)_.* | exchanges with other ranks
          collective | named | name:%s | exchanges with other ranks
          remote | named | name:_?(send|recv|publish)_\\w+|remote|\\w+_across_(dp|tp|pp|ep|ranks) | exchanges with another process
          remote | named | resolved:ray\\.(get|wait) | exchanges with another process
          remote | named | on:(?i)[\\w.]*(client|rpc|stub|socket|channel)(\\.root)? | exchanges with another process

          serializes | seen | resolved:(json|orjson|pickle|cloudpickle|msgpack|msgspec|torch|base64)\\..*(dump|load|save|code|pack).* | turns values into bytes or text, or back
          serializes | named | name:dump|load|encode|decode|send|recv on:(?i).*(json|pickle|msgpack|msgspec|encoder|decoder).* | turns values into bytes or text, or back
          serializes | named | name:dumps|loads|model_dump\\w*|(\\w+_)?json_response|(OR)?JSONResponse|model_validate_json|to_json|from_json|(SerializeTo|ParseFrom|From)String|asdict|json|(de)?serialize|(un)?pickle|to_dict|MessageToDict|(un)?packb|(send|recv)_(pyobj|object)|tobytes|b64(en|de)code | turns values into bytes or text, or back

          hands-over | named | name:result on:(?i)[\\w.]*fut(ure)?s?(\\[.*])? | waits for another thread
          hands-over | seen | resolved:(time|asyncio)\\.sleep | passes control to another thread or task
          hands-over | named | name:submit|call_soon_threadsafe|run_in_executor|run_coroutine_threadsafe | passes work to another thread
          calls-collector | seen | resolved:gc\\..* | is a call of the collector


          bound-operation | named | callee:(_C|ops|_custom_ops|torch\\.ops\\.\\w+)\\.\\w+ | is a C++ operation behind a binding

          compiles | seen | resolved:torch\\.compile|torch\\._dynamo\\..* | changes what is compiled each time it runs

          sorts | seen | name:argsort|sort|sorted|lexsort|topk|cdist | orders data

          pattern-lookup | seen | resolved:(re|regex)\\.(compile|match|search|findall|sub|split|finditer|fullmatch) | looks its pattern up or compiles it each time
          asks-surroundings | seen | resolved:os\\.(getenv|environ\\.get) | reads the environment each time
          asks-surroundings | seen | resolved:pynvml\\.\\w+ | calls the driver each time
          asks-surroundings | seen | resolved:(inspect|importlib)\\.\\w+ | inspects or imports code each time
          asks-surroundings | named | name:get_(current_)?(\\w+_)?config|get_global_\\w+|get_device_(properties|capability|name)|signature | looks up each time what may stay the same
          made-to-keep | seen | resolved:(jax|torch|numba)\\.(jit|njit)(\\.script|\\.trace)? | makes a new one each time
          made-to-keep | seen | resolved:requests\\.\\w+|(aiohttp|httpx)\\.\\w*(Session|Client)|socket\\.socket | makes a new one each time
          made-to-keep | seen | callee:open|safe_open | makes a new one each time
          made-to-keep | named | name:load_(kernel|library|extension|module)|import_module | loads code each time

          helper-moves | named | name:_?to_?lists?|_?\\w*(to_cpu|to_host|d2h|h2d|copy_to_gpu|to_gpu|to_device|from_device|device_get|device_put)\\w*|cpu_\\w*copy\\w* | copies between host and device
          joins-tensors | seen | name:cat|concat|stack|vstack|hstack|concatenate on:torch|F|.*functional | copies its parts into a new tensor
          joins-tensors | seen | name:cat|concat|stack|vstack|hstack|concatenate|pad on:np|jnp | copies its parts into a new array
          clears-all | seen | name:fill_|zero_|fill on:[\\w.]+ | writes all elements
          copies-tree | seen | name:deepcopy | copies a whole tree of objects
          copies-container | seen | callee:list|set|dict|tuple|sorted|frozenset args:1 | makes a new container
          adds-lists | seen | callee:sum given:.*,\\s*\\[.*\\]\\) | copies the list so far for each list added
          shifts-list | seen | name:pop|insert given:\\(0\\b.* | moves all other elements, if it is a list

          bulk-work | named | name:(?i).*(resize|compress|hash|sha\\d|md5|digest|decode|encode|tokeniz|from_dict|preprocess|image|video|audio|render|template|convert).* | works through a text, an image or a message

          general-call | seen | name:rearrange|pad|einsum|meshgrid|broadcast_to off:self | works out from its arguments which plain operations to run
          """
              .formatted(COLLECTIVE));

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
      calls.byMap(call);
      TABLE.add(call, facts);
      calls.makesEnum(call);
      calls.replays(call);
      calls.callee(call).ifPresent(f -> calls.inside(call, f));
    }
    spot.calls().stream().findFirst().ifPresent(calls::program);
    spot.nodes("attribute").forEach(calls::bound);
    calls.shape();
    calls.loops();
  }

  private void byMap(Call call) {
    spot.target()
        .calls()
        .waitAt(call.callee())
        .ifPresentOrElse(
            w ->
                facts.named(
                    Known.WAITS_BY_MAP,
                    "%s waits on purpose for %s, by the target's map",
                    call.node(),
                    w.why()),
            () -> WAITS.add(call, facts));
    if (!call.isOf("torch") && spot.target().calls().isCollective(call.callee())) {
      facts.named(
          Known.COLLECTIVE, "%s exchanges with other ranks, by the target's map", call.node());
    }
  }

  /// `self.graph.replay()`, where the class or the function makes it a `CUDAGraph`.
  private void replays(Call call) {
    var receiver = call.receiver().filter(_ -> call.isNamed("replay"));
    receiver
        .filter(r -> r.text().matches("self\\.\\w+"))
        .flatMap(r -> spot.function().owner().flatMap(c -> c.attribute(r.text().substring(5))))
        .flatMap(PythonClass.Attribute::value)
        .or(() -> receiver.flatMap(spot::bound))
        .flatMap(Call::of)
        .filter(c -> c.isNamed("CUDAGraph", "NPUGraph"))
        .ifPresent(c -> facts.seen(Known.REPLAYS_GRAPH, "%s replays a graph", call.node()));
  }

  private void makesEnum(Call call) {
    boolean isEnum =
        call.node().file().classNamed(call.callee()).filter(PythonClass::isEnum).isPresent();
    if (call.positional().size() != 1) {
      return;
    }
    if (isEnum) {
      facts.seen(Known.MAKES_ENUM, "%s looks an enum member up by value", call.node());
    } else if (call.name().matches("[A-Z][A-Za-z0-9]*(State|Status|Mode|Kind|Reason|Phase|Enum)")) {
      facts.named(
          Known.MAKES_ENUM, "%s looks an enum member up by value, if it is an enum", call.node());
    }
  }

  private void program(Call call) {
    if (spot.isInLoop(call.node()) || !spot.isProgramCall(call)) {
      return;
    }
    facts.seen(Known.PROGRAM_CALL, "%s is called", call.node());
    if (spot.function().isAsync()
        && call.node().ancestors().takeWhile(n -> !n.is("block")).noneMatch(n -> n.is("await"))) {
      facts.seen(
          Known.NOT_AWAITED,
          "%s is not awaited: until it returns, the event loop runs nothing else",
          call.node());
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
      boolean exchanges =
          inner.name().matches(COLLECTIVE) || inner.resolved().startsWith("torch.distributed.all");
      boolean reads =
          inner.isNamed("item", "tolist", "cpu")
              && inner.positional().isEmpty()
              && inner.receiver().filter(r -> !devices.of(r).device().isHost()).isPresent();
      if (exchanges || reads || inner.isNamed("synchronize")) {
        facts.seen(
            exchanges ? Known.CALLEE_EXCHANGES : Known.CALLEE_WAITS,
            "%s calls `%s`, which has %s at line %s",
            call.node(),
            callee.name(),
            inner.node(),
            inner.node().line());
      }
    }
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
          "%s crosses into bound C++%s, by the target's map",
          attribute,
          map.isCopying(member) ? " and copies a container" : "");
    }
  }

  /// `self` and `super()` in a class on top of a bound one, where the class itself does not define
  /// the member.
  private boolean isBoundSelf(Node object, String member) {
    boolean inherited = object.text().equals("super()");
    var map = spot.target().bound();
    return (object.text().equals("self") || inherited)
        && spot.function()
            .owner()
            .filter(c -> map.isClass(c.name()) || c.bases().stream().anyMatch(map::isClass))
            .filter(c -> inherited || (c.method(member).isEmpty() && c.property(member).isEmpty()))
            .isPresent();
  }

  private static String lastName(Node node) {
    return node.text().substring(node.text().lastIndexOf('.') + 1);
  }

  private void shape() {
    if (spot.statement().is("if_statement", "elif_clause")) {
      facts.seen(Known.TESTS, "The line is a test");
    }
  }

  /// A `while` loop that does nothing but look again.
  private void loops() {
    var loop =
        Optional.of(spot.statement())
            .filter(s -> s.is("while_statement"))
            .or(
                () ->
                    spot.statement()
                        .ancestor("while_statement", "for_statement", "function_definition")
                        .filter(n -> n.is("while_statement")));
    var body = loop.flatMap(l -> l.child("body")).map(Node::items).orElse(List.of());
    if (body.isEmpty()) {
      return;
    }
    var node = loop.orElseThrow();
    if (body.stream().allMatch(s -> s.is("pass_statement", "continue_statement"))) {
      facts.seen(Known.SPINS, "%s spins without waiting for anything", node);
      return;
    }
    boolean endless = node.child("condition").filter(c -> c.is("true", "integer")).isPresent();
    boolean asks =
        node.child("condition").stream()
            .flatMap(c -> PythonFunction.calls(c).stream())
            .anyMatch(c -> c.isNamed("query", "done", "is_set", "empty", "poll"));
    if ((endless || (asks && body.size() == 1))
        && node.find("await").findAny().isEmpty()
        && PythonFunction.calls(node).stream()
            .anyMatch(
                c ->
                    c.name()
                        .matches("sched_yield|sleep|memory_fence|fence|yield_|_?spin\\w*|pause"))) {
      facts.seen(Known.POLLS, "It polls in the loop at line %s", node.line());
    }
  }
}
