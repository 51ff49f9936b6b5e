package hostperf.measure.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Patches whose functions can be swapped while the engine runs.
class SwappabilityTest extends EnginePatches {
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
  void aNewPropertyIsAddedLikeAMethodAsLongAsItLeavesNothing() {
    var read =
        ENGINE.replace("        total = 0\n", "        total = 0 if self.is_full else 0\n")
            + """

                @property
                def is_full(self):
                    return self.total >= 8
            """;
    var fit = (Swappability.Fit) fitness(ENGINE, read);
    assertThat(fit.added())
        .containsExactly(
            new Swappability.Added(
                "pkg/engine.py",
                "Engine",
                "is_full",
                "@property\ndef is_full(self):\n    return self.total >= 8"));
    assertThat(fitness(read, ENGINE)).isInstanceOf(Swappability.Fit.class);
    for (var line : List.of("self.kept = 1", "self.batch.append(1)", "self.engine.put(1)")) {
      var keeping =
          read.replace(
              "        return self.total >=", "        " + line + "\n        return self.total >=");
      assertThat(fitness(ENGINE, keeping))
          .isEqualTo(
              new Swappability.Unfit(
                  "the property `Engine.is_full`, which one version only has, leaves something behind"));
      assertThat(fitness(keeping, ENGINE)).isInstanceOf(Swappability.Unfit.class);
    }
    for (var decorator : List.of("@functools.cached_property", "@property\n    @functools.cache")) {
      assertThat(
              fitness(
                  ENGINE,
                  read.replace("@property\n    def is_full", decorator + "\n    def is_full")))
          .isInstanceOf(Swappability.Unfit.class);
    }
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
  void whatGoesStaysForTheBaseWhereThePatchedVersionDoesNotNameIt() {
    var used =
        ENGINE
                .replace("SEEN = {}", "SEEN = {}\n_LIMIT = (8, 9)")
                .replace("        total = 0\n", "        total = self._first() + _zero()\n")
            + """

                def _first(self):
                    return _LIMIT[0] - 8


            def _zero():
                return 0
            """;
    var fit = (Swappability.Fit) fitness(used, ENGINE);
    assertThat(fit.functions()).hasSize(1);
    assertThat(fit.added())
        .containsExactly(
            new Swappability.Added("pkg/engine.py", "", "_LIMIT", "_LIMIT = (8, 9)"),
            new Swappability.Added("pkg/engine.py", "", "_zero", "def _zero():\n    return 0"),
            new Swappability.Added(
                "pkg/engine.py",
                "Engine",
                "_first",
                "def _first(self):\n    return _LIMIT[0] - 8"));
    assertThat(fitness(used, used.replace("_first", "_second")))
        .isInstanceOf(Swappability.Fit.class);
    assertThat(fitness(used, ENGINE.replace("total = 0", "total = int(SEEN.get('_first', 0))")))
        .isInstanceOf(Swappability.Fit.class);
    assertThat(fitness(used, ENGINE.replace("total = 0", "total = batch._first")))
        .isInstanceOfSatisfying(
            Swappability.Unfit.class,
            u -> assertThat(u.reason()).contains("outside the bodies of functions"));
  }

  @Test
  void whatAHelperThatGoesLeftItsCallerLeft() {
    var helped =
        ENGINE.replace("        total = 0\n", "        total = self._first()\n")
            + "\n    def _first(self):\n        self.kept = 1\n        return 0\n";
    assertThat(fitness(helped, ENGINE))
        .isEqualTo(
            new Swappability.Unfit(
                "`Engine.step` sets `.kept` in the base only: what it keeps, the patched version"
                    + " would meet or miss"));
    assertThat(fitness(helped, ENGINE.replace("total = 0", "total = 0; self.kept = 1")))
        .isInstanceOf(Swappability.Fit.class);
  }

  @Test
  void anImportThatGoesStaysForTheBase() {
    var used =
        ENGINE.replace("        total = 0\n", "        total = functools.reduce(max, [0])\n");
    var gone =
        used.replace("import functools\n", "")
            .replace("        total = functools.reduce(max, [0])\n", "        total = 0\n");
    var fit = (Swappability.Fit) fitness(used, gone);
    assertThat(fit.added())
        .containsExactly(
            new Swappability.Added("pkg/engine.py", "", "functools", "import functools"));
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
  void aSortKeyEndsWithItsCall() {
    assertThat(
            changed(
                "        for request in batch:\n",
                "        for request in sorted(batch, key=lambda r: r.row):\n"))
        .isInstanceOf(Swappability.Fit.class);
  }
}
