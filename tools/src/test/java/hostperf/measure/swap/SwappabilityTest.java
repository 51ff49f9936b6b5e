package hostperf.measure.swap;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.patch.FileChange;
import hostperf.source.Modules;
import hostperf.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwappabilityTest {
  private static final String ENGINE =
      """
      import functools

      SEEN = {}


      class Engine:
          def step(self, batch, *, limit=8):
              total = 0
              for request in batch:
                  total += len(request.tokens)
              self.total = total
              return total

          @property
          def size(self):
              return self.total

          def rows(self):
              out = []
              for request in self.batch:
                  out.append(request.row)
              return out
      """;

  @TempDir Path checkout;

  private Swappability fitness(String before, String after) {
    var change = new FileChange("pkg/engine.py", before, after);
    return Swappability.of(List.of(change), new Modules(new Sources(checkout)));
  }

  private Swappability changed(String old, String now) {
    assertThat(ENGINE).contains(old);
    return fitness(ENGINE, ENGINE.replace(old, now));
  }

  private void isUnfit(String old, String now, String reason) {
    assertThat(changed(old, now))
        .isInstanceOfSatisfying(
            Swappability.Unfit.class, unfit -> assertThat(unfit.reason()).contains(reason));
  }

  @Test
  void bodiesThatLeaveTheSameCanBeSwapped() {
    var fit =
        (Swappability.Fit)
            changed(
                """
                        total = 0
                        for request in batch:
                            total += len(request.tokens)
                """,
                """
                        # One pass without a name of its own.
                        total = sum(len(request.tokens) for request in batch)
                """);
    assertThat(fit.functions())
        .singleElement()
        .satisfies(f -> assertThat(f.name()).endsWith("engine::Engine.step"));
  }

  @Test
  void aLocalListIsNobodyElses() {
    assertThat(
            changed(
                """
                        out = []
                        for request in self.batch:
                            out.append(request.row)
                        return out
                """,
                """
                        return [request.row for request in self.batch]
                """))
        .isInstanceOf(Swappability.Fit.class);
  }

  @Test
  void newNamesThatTheBaseDoesNotNoticeAreAddedToItsModule() {
    var helped =
        ENGINE
                .replace(
                    "import functools\n",
                    "import functools\nfrom itertools import chain as joined, repeat\n")
                .replace("SEEN = {}", "SEEN = {}\n_LIMIT = (8, 9)")
                .replace(
                    "    @property\n",
                    """
                    def _counted(self, batch):
                        return sum(map(_length, batch))

                    @property
                """
                        .replaceAll("(?m)^ {16}", ""))
                .replace(
                    """
                        for request in batch:
                            total += len(request.tokens)
                """,
                    "        total = self._counted(batch)\n")
            + "\n\ndef _length(request):\n    return len(request.tokens)\n";
    var fit = (Swappability.Fit) fitness(ENGINE, helped);
    assertThat(fit.functions()).hasSize(1);
    assertThat(fit.added())
        .containsExactly(
            new Swappability.Added(
                "pkg/engine.py", "", "joined", "from itertools import chain as joined"),
            new Swappability.Added("pkg/engine.py", "", "repeat", "from itertools import repeat"),
            new Swappability.Added("pkg/engine.py", "", "_LIMIT", "_LIMIT = (8, 9)"),
            new Swappability.Added(
                "pkg/engine.py",
                "",
                "_length",
                "def _length(request):\n    return len(request.tokens)"),
            new Swappability.Added(
                "pkg/engine.py",
                "Engine",
                "_counted",
                "def _counted(self, batch):\n    return sum(map(_length, batch))"));
  }

  @Test
  void whatAHelperLeavesItsCallerLeaves() {
    var helped = ENGINE.replace("        total = 0\n", "        total = _first(self)\n");
    assertThat(fitness(ENGINE, helped + "\n\ndef _first(engine):\n    return 0\n"))
        .isInstanceOf(Swappability.Fit.class);
    assertThat(
            fitness(
                ENGINE, helped + "\n\ndef _first(engine):\n    engine.kept = 1\n    return 0\n"))
        .isEqualTo(
            new Swappability.Unfit(
                "`Engine.step` sets `.kept` in the patched version only: what it keeps, the base"
                    + " would meet or miss"));
  }

  @Test
  void whatIsInlinedLeavesWhatItsFunctionLeft() {
    var called =
        ENGINE.replace("        self.total = total\n", "        self._note(total)\n")
            + """

                def _note(self, total):
                    self.total = total
                    self.seen.append(total)
            """;
    var inlined =
        called.replace(
            "        self._note(total)\n",
            "        self.total = total\n        self.seen.append(total)\n");
    assertThat(fitness(called, inlined)).isInstanceOf(Swappability.Fit.class);
    assertThat(fitness(inlined, called)).isInstanceOf(Swappability.Fit.class);
    assertThat(fitness(called, inlined.replace("seen.append", "kept.append")))
        .isInstanceOfSatisfying(
            Swappability.Unfit.class,
            u -> assertThat(u.reason()).contains("changes what `.kept` holds"));
  }

  @Test
  void whatIsInlinedFromAnotherFileLeavesWhatItsFunctionLeft() throws IOException {
    Files.createDirectory(checkout.resolve("pkg"));
    Files.writeString(checkout.resolve("pkg/__init__.py"), "");
    Files.writeString(
        checkout.resolve("pkg/request.py"),
        """
        class Request:
            def append(self, token):
                self.tokens.append(token)
                self._hash()

            def _hash(self):
                self.hashes.extend(self.hasher(self))
        """);
    var called =
        """
        from pkg.request import Request


        def update(request: Request, tokens):
            for token in tokens:
                request.append(token)
        """;
    var inlined =
        called.replace(
            "    for token in tokens:\n",
            """
                if len(tokens) == 1:
                    request.tokens.append(tokens[0])
                    request.hashes.extend(request.hasher(request))
                    return
                for token in tokens:
            """);
    Files.writeString(checkout.resolve("pkg/engine.py"), called);
    assertThat(fitness(called, inlined)).isInstanceOf(Swappability.Fit.class);
    assertThat(fitness(called, inlined.replace("request.hashes", "request.others")))
        .isInstanceOfSatisfying(
            Swappability.Unfit.class,
            u -> assertThat(u.reason()).contains("changes what `.others` holds"));
  }

  @Test
  void anImportThatGoesStaysForTheBase() {
    var used =
        ENGINE.replace("        total = 0\n", "        total = functools.reduce(max, [0])\n");
    var gone =
        used.replace("import functools\n", "")
            .replace("        total = functools.reduce(max, [0])\n", "        total = 0\n");
    assertThat(fitness(used, gone)).isInstanceOf(Swappability.Fit.class);
  }

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
  void aCallForItsEffectThatTheBaseMakesTooIsThereForBoth() {
    var kept = ENGINE.replace("        total = 0\n", "        total = self.pool.take(1)\n");
    assertThat(
            fitness(
                kept, kept.replace("total = self.pool.take(1)", "total = 0; self.pool.take(1)")))
        .isInstanceOf(Swappability.Fit.class);
  }

  @Test
  void attributesOfAnObjectThatIsMadeHereAreNobodyElses() {
    assertThat(
            changed(
                "        total = 0\n",
                "        total = 0\n        row = Row(total)\n        row.first = row.last = 1\n"))
        .isInstanceOf(Swappability.Fit.class);
    isUnfit(
        "        total = 0\n",
        "        total = 0\n        row = Row(total)\n        row.owner.last = 1\n",
        "sets `.last` in the patched version only");
  }

  @Test
  void stubsOfOverloadsAreNoDefinitions() {
    var overloaded =
        ENGINE.replace(
            "    def rows(self):\n",
            "    @overload\n    def rows(self): ...\n\n    def rows(self):\n");
    var fit =
        (Swappability.Fit) fitness(overloaded, overloaded.replace("out = []", "out = list()"));
    assertThat(fit.functions()).singleElement().matches(Swappability.Exchanged::overloaded);
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
  void aSortKeyEndsWithItsCall() {
    assertThat(
            changed(
                "        for request in batch:\n",
                "        for request in sorted(batch, key=lambda r: r.row):\n"))
        .isInstanceOf(Swappability.Fit.class);
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
