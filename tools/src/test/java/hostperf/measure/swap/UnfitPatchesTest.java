package hostperf.measure.swap;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.patch.FileChange;
import hostperf.source.Modules;
import hostperf.source.Sources;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Patches that cannot be swapped, each with why.
class UnfitPatchesTest extends EnginePatches {
  @Test
  void theLineThatRulesItOutIsTheOneThatChanged() {
    isUnfit("SEEN = {}", "SEEN = []", "at line 3: `SEEN = {}`");
    isUnfit("SEEN = {}\n", "", "at line 3: `SEEN = {}`");
  }

  @Test
  void aNewNameThatTheBaseMayNoticeIsRefused() {
    isUnfit("SEEN = {}", "SEEN = {}\nlen = max", "outside the bodies of functions, at line 4");
    isUnfit("import functools\n", "import functools\nfrom kept import total\n", "at line 2");
    isUnfit("import functools\n", "import functools as total\n", "at line 1");
    isUnfit(
        "    @property\n",
        "    def tokens(self):\n        return 1\n\n    @property\n",
        "outside the bodies of functions");
    isUnfit(
        "    @property\n",
        "    def _more(self):\n        return super().size\n\n    @property\n",
        "outside the bodies of functions");
  }

  @Test
  void aCacheOnAnObjectIsRefused() {
    isUnfit(
        "        self.total = total\n",
        "        self.total = self._last = total\n",
        "`Engine.step` sets `._last` in the patched version only");
    isUnfit(
        "        self.total = total\n",
        "        self.total = total\n        self.kept[limit] = total\n",
        "changes what `.kept` holds in the patched version only");
    isUnfit(
        "        self.total = total\n",
        "        self.total = total\n        kept = self.kept\n        kept[limit] = total\n",
        "changes what `.kept` holds in the patched version only");
    isUnfit(
        "        self.total = total\n",
        "        self.total = total\n        batch.put(total)\n",
        "calls `put(…)` for its effect in the patched version only");
    isUnfit(
        "        self.total = total\n",
        "        self.total = total\n        setattr(self, 'last', total)\n",
        "calls `setattr(self, 'last', total)` in the patched version only");
  }

  @Test
  void aGlobalThatIsSetOrChangedIsRefused() {
    isUnfit(
        "        self.total = total\n",
        "        self.total = total\n        SEEN[limit] = total\n",
        "changes what `SEEN` holds in the patched version only");
    isUnfit(
        "        total = 0\n",
        "        global SEEN\n        total = 0\n        SEEN = {}\n",
        "sets `SEEN` outside itself in the patched version only");
  }

  @Test
  void anAttributeThatIsNoLongerSetIsRefused() {
    isUnfit("        self.total = total\n", "", "sets `.total` in the base only");
  }

  @Test
  void anotherKindOfContainerUnderTheSameNameIsRefused() {
    var list = ENGINE.replace("self.total = total", "self.total = [total]");
    assertThat(fitness(list, ENGINE.replace("self.total = total", "self.total = {total}")))
        .isEqualTo(
            new Swappability.Unfit(
                "`Engine.step` sets `self.total` to a list in the base and to a set in the patched"
                    + " version"));
  }

  @Test
  void whatStandsOutsideBodiesIsRefusedWithItsLine() {
    isUnfit("limit=8", "limit=9", "outside the bodies of functions, at line 7");
    isUnfit("batch, *, limit=8", "batch, limit=8", "outside the bodies of functions, at line 7");
    isUnfit("    @property\n", "    @functools.cached_property\n", "outside the bodies");
    isUnfit("SEEN = {}", "SEEN = {}\nKEPT = {}", "at line 4");
    assertThat(changed("SEEN = {}", "SEEN = {}  # empty"))
        .isEqualTo(new Swappability.Unfit("the patch changes no function's body"));
  }

  @Test
  void whatDoesNotEndWithItsCallIsRefused() {
    isUnfit("        return total\n", "        yield total\n", "is a generator");
    isUnfit(
        "        return total\n",
        "        self.total = lambda: total\n        return total\n",
        "defines other functions inside");
    var coroutine = ENGINE.replace("    def step", "    async def step");
    assertThat(fitness(coroutine, coroutine.replace("total = 0", "total = int()")))
        .isInstanceOfSatisfying(
            Swappability.Unfit.class, u -> assertThat(u.reason()).contains("is a coroutine"));
  }

  @Test
  void whatPythonDoesNotRunOrKeepsItselfIsRefused() {
    var compiled = ENGINE.replace("    def step", "    @torch.compile(dynamic=True)\n    def step");
    assertThat(fitness(compiled, compiled.replace("total = 0", "total = int()")))
        .isInstanceOfSatisfying(
            Swappability.Unfit.class,
            u -> assertThat(u.reason()).contains("is compiled (`@torch.compile`)"));
    var cached = ENGINE.replace("    def rows", "    @functools.lru_cache\n    def rows");
    assertThat(fitness(cached, cached.replace("out = []", "out = list()")))
        .isInstanceOfSatisfying(
            Swappability.Unfit.class,
            u -> assertThat(u.reason()).contains("keeps results (`@functools.lru_cache`)"));
  }

  @Test
  void aNameThatIsDefinedTwiceIsRefused() {
    var twice =
        ENGINE
            + """

                @size.setter
                def size(self, value):
                    self.total = value
            """;
    assertThat(fitness(twice, twice.replace("return self.total", "return self.total + 0")))
        .isEqualTo(new Swappability.Unfit("`Engine.size` is defined 2 times in its module"));
  }

  @Test
  void otherFilesAreRefused() {
    var change = new FileChange("pkg/kernel.cu", "a", "b");
    assertThat(Swappability.of(List.of(change), new Modules(new Sources(checkout))))
        .isEqualTo(new Swappability.Unfit("the patch changes pkg/kernel.cu, which is not Python"));
  }
}
