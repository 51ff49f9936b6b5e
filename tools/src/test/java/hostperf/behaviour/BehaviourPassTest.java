package hostperf.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.behaviour.Behaviour.LeftOut;
import hostperf.behaviour.Behaviour.Result;
import hostperf.host.LocalProcesses;
import hostperf.patch.FileChange;
import hostperf.profile.Launcher;
import hostperf.profile.Workload;
import hostperf.source.Callees;
import hostperf.source.Modules;
import hostperf.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Faults are told with their place, and nothing that is right is accused.
class BehaviourPassTest {
  @TempDir Path temp;
  private String text = "";
  private int launches;
  private Set<String> declared = Set.of();
  private Set<String> varied = Set.of();

  @BeforeEach
  void copy() throws IOException {
    text = Files.readString(Golden.root().resolve("tools/src/test/python/behaviour/engine.py"));
    Files.createDirectory(temp.resolve("code"));
    write(text);
  }

  private void write(String content) {
    try {
      Files.writeString(temp.resolve("code/engine.py"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Pairs of what stands there and what a patch puts in its place.
  private Behaviour compare(String... edits) {
    String patched = text;
    for (int i = 0; i < edits.length; i += 2) {
      assertThat(patched).containsOnlyOnce(edits[i]);
      patched = patched.replace(edits[i], edits[i + 1]);
    }
    write(patched);
    var after = patched;
    var sources = new Sources(temp.resolve("code"));
    var around =
        Around.of(
            List.of(new FileChange("engine.py", text, after)),
            sources,
            Optional.empty(),
            new Callees(new Modules(sources)));
    var workload =
        new Workload(
            List.of("python3", "engine.py"),
            temp.resolve("code"),
            Map.of("PYTHONDONTWRITEBYTECODE", "1"),
            Duration.ofMinutes(1),
            Optional.empty(),
            List.of());
    var launcher = new Launcher(new LocalProcesses(), temp.resolve("run"), Map.of());
    var shown =
        new BehaviourPass.Shown() {
          @Override
          public <T> T base(Supplier<T> launch) {
            launches++;
            write(text);
            return launch.get();
          }

          @Override
          public <T> T candidate(Supplier<T> launch) {
            launches++;
            write(after);
            return launch.get();
          }
        };
    return new BehaviourPass(launcher, workload, around, declared, varied)
        .compare(shown, "behaviour", _ -> {});
  }

  private static List<String> leftOut(Behaviour behaviour, LeftOut.Why why) {
    return behaviour.leftOut().stream().filter(l -> l.why() == why).map(LeftOut::what).toList();
  }

  @Test
  void anotherWayToDoTheSameIsTheSame() {
    var behaviour =
        compare(
            "self.seen = []",
            "self.seen = []\n        self.count = 0",
            "        for request in self.running:\n"
                + "            request.tokens.append(self.token(request.number,"
                + " len(request.tokens)))",
            "        token = self.token\n"
                + "        for request in self.running:\n"
                + "            request.tokens += [token(request.number, len(request.tokens))]\n"
                + "            self.count += 1");
    assertThat(behaviour.result()).as(behaviour.toString()).isEqualTo(Result.SAME);
    assertThat(behaviour.functions()).contains("engine.Engine.advance", "engine.Engine.step");
    assertThat(behaviour.calls()).isGreaterThan(25);
    assertThat(leftOut(behaviour, LeftOut.Why.VARIES)).contains("Request.arrived");
    assertThat(leftOut(behaviour, LeftOut.Why.KEPT_DIFFERENTLY)).contains("Engine.count");
    // One launch had it so: that the patch is why is not known.
    assertThat(BehaviourWords.of(behaviour))
        .contains("because it had another form in the launch with the patch: Engine.count");
    assertThat(launches).isEqualTo(3);
  }

  @Test
  void whatVariedInAnEarlierRoundNeedsNoThirdLaunch() {
    var first = compare("self.steps += 1", "self.steps = self.steps + 1");
    assertThat(launches).isEqualTo(3);

    varied = Set.copyOf(leftOut(first, LeftOut.Why.VARIES));
    launches = 0;
    var second = compare("self.steps += 1", "self.steps = 1 + self.steps");
    assertThat(launches).isEqualTo(2);
    assertThat(second.result()).isEqualTo(Result.SAME);
    assertThat(leftOut(second, LeftOut.Why.VARIES)).containsAll(varied);
    assertThat(second.calls()).isEqualTo(second.of());
  }

  @Test
  void howOftenAChangedFunctionAsksOthersBelowItIsItsOwnAffair() {
    var behaviour =
        compare(
            "[block for few in wanted for block in self.ask(few)]",
            "[block for few in wanted if few for block in self.ask(few)]",
            "given = list(range(self.next, self.next + few))",
            "given = [*range(self.next, self.next + few)]");
    assertThat(behaviour.result()).as(behaviour.toString()).isEqualTo(Result.SAME);
    assertThat(behaviour.functions()).contains("engine.Planner.plan");
    assertThat(behaviour.calls()).isGreaterThanOrEqualTo(30);
  }

  @Test
  void whatAChangedFunctionGivesIsStillComparedWhereOthersStandBetween() {
    var behaviour =
        compare(
            "[block for few in wanted for block in self.ask(few)]",
            "[block for few in wanted if few for block in self.ask(few)]",
            "self.next += few",
            "self.next += few + (self.next == 9)");
    assertThat(behaviour.result()).as(behaviour.toString()).isEqualTo(Result.DIFFERENT);
    assertThat(behaviour.firstDifference())
        .hasValueSatisfying(d -> assertThat(d.function()).isEqualTo("engine.Planner.plan"));
  }

  @Test
  void aCounterThatIsOffByOneIsToldWithItsPlace() {
    var behaviour = compare("self.steps += 1", "self.steps += 2 if self.steps == 9 else 1");
    assertThat(behaviour.result()).as(behaviour.toString()).isEqualTo(Result.DIFFERENT);
    assertThat(behaviour.firstDifference())
        .hasValueSatisfying(
            d -> {
              assertThat(d.function()).isEqualTo("engine.Engine.step");
              assertThat(d.call()).isEqualTo(10);
              assertThat(d.field()).isEqualTo("self.steps");
              assertThat(d.base()).isEqualTo("10");
              assertThat(d.candidate()).isEqualTo("11");
            });
  }

  @Test
  void whatIsDeclaredNotToMatterIsLeftOut() {
    declared = Set.of("Engine.steps");
    var behaviour = compare("self.steps += 1", "self.steps += 2 if self.steps == 9 else 1");
    assertThat(behaviour.firstDifference())
        .hasValueSatisfying(d -> assertThat(d.function()).isEqualTo("engine.Engine.run"));
    assertThat(leftOut(behaviour, LeftOut.Why.DECLARED)).containsExactly("Engine.steps");
  }

  @Test
  void anOrderThatChangesIsToldWithItsPlace() {
    var behaviour =
        compare(
            "        self.running = [r for r in self.running if",
            "        self.running = [r for r in reversed(self.running) if");
    assertThat(behaviour.firstDifference())
        .hasValueSatisfying(
            d -> {
              assertThat(d.function()).isEqualTo("engine.Engine.advance");
              assertThat(d.field()).startsWith("self.running[");
            });
  }

  @Test
  void keysInAnotherOrderAreToldToo() {
    var behaviour =
        compare(
            "{\"number\": number, \"text\": \"a\" * number}",
            "{\"text\": \"a\" * number, \"number\": number}");
    assertThat(behaviour.firstDifference())
        .hasValueSatisfying(d -> assertThat(d.base()).isEqualTo("key 1 is 'number'"));
  }

  @Test
  void aListThatBecomesASetIsKeptDifferently() {
    var behaviour =
        compare(
            "self.seen = []", "self.seen = set()",
            "self.seen.append(request.number)", "self.seen.add(request.number)");
    assertThat(behaviour.result()).as(behaviour.toString()).isEqualTo(Result.SAME);
  }

  @Test
  void callsThatACacheAnswersAreStillCalls() {
    var behaviour =
        compare("def score(number):", "@functools.lru_cache(maxsize=None)\ndef score(number):");
    assertThat(behaviour.result()).as(behaviour.toString()).isEqualTo(Result.SAME);
  }

  @Test
  void ofARecordWithATimeInItTheRestIsCompared() {
    var right = compare("self.spans.append((step, took))", "self.spans += [(step, took)]");
    assertThat(right.result()).as(right.toString()).isEqualTo(Result.SAME);
    assertThat(leftOut(right, LeftOut.Why.VARIES))
        .containsExactlyInAnyOrder(
            "Log.records[][json]['took_ms']",
            "Log.spans[][1]",
            "Log.latest['took']",
            "Log.latest['by_id'][]",
            "Span.took",
            "engine.Log.add result [json]['at']");
    assertThat(BehaviourWords.of(right))
        .contains(": Log.latest['by_id'][], Log.latest['took'], Log.records[][json]['took_ms'],");
    isDifferent(
        "self.records.append(", "len(self.records) < 8 and self.records.append(", "records");
    isDifferent("{\"step\": step, \"took_ms\"", "{\"step\": step + 1, \"took_ms\"", "['step']");
    isDifferent("[step] * 60", "[step] * 59 + [0]", "['tokens'][59]");
    isDifferent(
        "self.records.append(json.dumps({",
        "self.records.append(json.dumps(indent=1, obj={",
        "[text]");
    isDifferent("self.records[:-8] = []", "self.records[:-8] = ['']", "records");
    isDifferent("json.dumps({\"many\"", "json.dumps({\"more\"", "many");
    isDifferent("if step % 2 else", "if step % 4 else", "many");
    isDifferent("range(600)", "range(599)", "many");
    isDifferent("spans.append((step,", "spans.append((step // 2,", "spans[1][0]");
    isDifferent(
        "self.latest = {\"step\": step,", "self.latest = {\"step\": step % 19,", "latest['step']");
    isDifferent("self.open = {Span(step, took)}", "self.open = {Span(step // 2, took)}", "open");
    isDifferent("b'{\"step\": %d,", "b'{\"step\": 1%d,", "[json]['step']");
  }

  private void isDifferent(String old, String becomes, String field) {
    var behaviour = compare(old, becomes);
    assertThat(behaviour.result()).as(behaviour.toString()).isEqualTo(Result.DIFFERENT);
    assertThat(behaviour.firstDifference().orElseThrow().field()).contains(field);
  }

  @Test
  void aFunctionOfManyThreadsIsComparedByItsArguments() {
    var right = compare("return number * number + 1", "return number ** 2 + 1");
    assertThat(right.result()).as(right.toString()).isEqualTo(Result.SAME);
    assertThat(right.calls()).isGreaterThan(20);
    var wrong = compare("return number * number + 1", "return number * number + (number != 17)");
    assertThat(wrong.result()).as(wrong.toString()).isEqualTo(Result.DIFFERENT);
    assertThat(wrong.firstDifference())
        .hasValueSatisfying(
            d -> {
              assertThat(d.function()).isEqualTo("engine::score");
              assertThat(d.what()).isEqualTo("result");
              assertThat(d.base()).isEqualTo("290");
              assertThat(d.candidate()).isEqualTo("289");
            });
  }

  @Test
  void whatIsLeftToChanceIsNamedAndNotAccused() {
    var behaviour = compare("for _ in range(few)]", "for _ in list(range(few))]");
    assertThat(behaviour.result()).as(behaviour.toString()).isEqualTo(Result.SAME);
    assertThat(behaviour.leftOut()).isNotEmpty();
  }

  @Test
  void whatAConstructorSetsIsFollowedToWhereItIsRead() {
    var behaviour = compare("self.tokens = [number]", "self.tokens = [number, number][:1]");
    assertThat(behaviour.result()).as(behaviour.toString()).isEqualTo(Result.SAME);
    assertThat(behaviour.functions()).contains("engine.Engine.advance");
    assertThat(compare("self.tokens = [number]", "self.tokens = [number or 1]").result())
        .isEqualTo(Result.DIFFERENT);
  }

  @Test
  void coroutinesAreComparedByWhatTheyGive() {
    var behaviour = compare("\"a\" * number", "\"a\" * max(number, 1)");
    assertThat(behaviour.firstDifference())
        .hasValueSatisfying(
            d -> {
              assertThat(d.function()).isEqualTo("engine::answer");
              assertThat(d.field()).isEqualTo("['text']");
            });
  }

  @Test
  void aPatchThatEndsTheProgramIsNotCompared() {
    var wrong =
        compare(
            "        self.steps += 1\n",
            "        self.steps += 1\n        assert self.steps < 10\n");
    assertThat(wrong.result()).as(wrong.toString()).isEqualTo(Result.NOT_COMPARED);
    assertThat(wrong.remarks().getFirst()).contains("patched code").contains(".log");
  }

  @Test
  void aPatchThatTouchesNoCommonFunctionIsNotCompared() {
    var behaviour = compare("class Chance:", "def unused():\n    pass\n\n\nclass Chance:");
    assertThat(behaviour.result()).isEqualTo(Result.NOT_COMPARED);
    assertThat(launches).isZero();
  }

  private static final String LARGE =
      """
      class Engine:
          def __init__(self):
              self.requests = [list(range(900)) for _ in range(128)]
              self.done = {}

          def pick(self, number):
              return self.requests[number % 128]

          def advance(self, number):
              tokens = self.pick(number)
              tokens.append(number)
              self.done[number] = len(tokens)
              return len(tokens)


      engine = Engine()
      for number in range(3000):
          engine.advance(number)
      """;

  @Test
  void aLargeStateIsRecordedAtABoundedCost() throws IOException {
    text = LARGE;
    var same =
        compare(
            "        tokens.append(number)\n        self",
            "        tokens += [number]\n        self");
    assertThat(same.result()).as(same.toString()).isEqualTo(Result.SAME);
    assertThat(same.calls()).isBetween(100L, 2_500L);
    assertThat(same.remarks()).isEmpty();
  }

  @Test
  void theLastItemOfALongListIsNamed() throws IOException {
    text = LARGE;
    var behaviour = compare("tokens.append(number)", "tokens.append(number + (number == 3))");
    assertThat(behaviour.firstDifference())
        .as(behaviour.toString())
        .hasValueSatisfying(
            d -> {
              assertThat(d.function()).isEqualTo("engine.Engine.advance");
              assertThat(d.call()).isEqualTo(4);
              assertThat(d.field()).isEqualTo("self.requests[3][900]");
              assertThat(d.base()).isEqualTo("3");
              assertThat(d.candidate()).isEqualTo("4");
            });
  }
}
