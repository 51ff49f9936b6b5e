package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.List;
import java.util.stream.Stream;

/// `meta.seq_lens.max().item()` → `meta.seq_lens_cpu.max().item()`, where the object has the
/// mirror: it is read in this function or set by the object's class.
final class UseCpuMirror implements Shape {
  private static final List<String> SUFFIXES = List.of("_cpu", "_host", "_np", "_cpu_tensor");

  @Override
  public String pattern() {
    return "use-cpu-mirror";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    return site.calls()
        .filter(
            c ->
                c.isNamed("item", "tolist", "cpu", "numpy") || c.callee().matches("int|float|bool"))
        .map(c -> attempt(site, c))
        .filter(a -> !a.equals(Attempt.NO_MATCH))
        .findFirst()
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(DraftSite site, Call readback) {
    var read = readback.receiver().or(() -> readback.argument(0));
    var chain = read.flatMap(r -> r.find("attribute").filter(n -> isTensor(site, n)).findFirst());
    if (chain.isEmpty()) {
      return Attempt.NO_MATCH;
    }
    var mirror = mirrors(chain.get().text()).filter(m -> exists(site, m)).findFirst();
    if (mirror.isEmpty()
        || readback.isNamed("cpu") && readback.receiver().filter(chain.get()::equals).isEmpty()) {
      return Attempt.NO_MATCH;
    }
    if (site.names().bindings(chain.get().text()).stream()
        .anyMatch(b -> b.node().start() < chain.get().start())) {
      return Attempt.contradicted(
          "in_step",
          "`%s` is changed before it is read, but its mirror may not be"
              .formatted(chain.get().text()));
    }
    var edits = new Edits(site.file());
    if (readback.isNamed("cpu")) {
      edits.replace(chain.get().start(), readback.node().end(), mirror.get());
    } else {
      site.own()
          .filter(n -> n.is("attribute") && n.text().equals(chain.get().text()))
          .forEach(n -> edits.replace(n, mirror.get()));
    }
    return Attempt.draft(
        edits, List.of(), "Reads the host copy `%s` that already exists.".formatted(mirror.get()));
  }

  private static boolean isTensor(DraftSite site, Node node) {
    var path = Names.path(node);
    return path.isPresent()
            && node.parent().filter(p -> p.is("call") && node.field().equals("function")).isEmpty()
            && !SUFFIXES.stream().anyMatch(path.get()::endsWith)
            && !site.devices().of(node).device().isHost()
            && site.devices().of(node).device() != Device.UNKNOWN
        || path.isPresent() && mirrors(path.get()).anyMatch(m -> exists(site, m));
  }

  private static Stream<String> mirrors(String path) {
    var bare = path.replaceFirst("_(gpu|device|cuda)$", "");
    return SUFFIXES.stream().map(s -> bare + s);
  }

  private static boolean exists(DraftSite site, String path) {
    int dot = path.lastIndexOf('.');
    return !site.names().uses(path).isEmpty()
        || dot > 0
            && site.own()
                .filter(n -> n.is("identifier", "attribute"))
                .filter(n -> n.text().equals(path.substring(0, dot)))
                .findFirst()
                .flatMap(n -> site.types().of(n, site.function()))
                .flatMap(c -> site.types().lineages().attribute(c, path.substring(dot + 1)))
                .isPresent();
  }
}
