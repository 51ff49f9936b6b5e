package hostperf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hostperf.Refusal;
import hostperf.lines.ExistingProfiles;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.lines.ProfileReport;
import hostperf.profile.Passes;
import hostperf.source.Sources;
import hostperf.stacks.Frame;
import hostperf.stacks.FunctionNames;
import hostperf.stacks.Own;
import hostperf.stacks.Ranking;
import hostperf.stacks.Root;
import hostperf.stacks.SeenStacks;
import hostperf.stacks.Stack;
import hostperf.stacks.StackProfile;
import hostperf.stacks.ThreadStacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of a made-up engine whose names and sources would like to be markup.
class ProfilePageTest {
  private static final String HOSTILE = "</script><img src=x onerror=\"document.title='owned'\">";

  private static final String SOURCE =
      """
      class Engine:
          def step(self):
              self.schedule()
              self.wait()

          def schedule(self):
              return "</td><script>document.title='owned'</script>"

          def wait(self):
              sleep(1)
      """;

  @TempDir Path folder;
  private Path page;
  private String html;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("core.py"), SOURCE);
    html = ProfilePage.html(result(), sources());
    page = Files.writeString(folder.resolve("page.html"), html);
  }

  private Sources sources() {
    return new Sources(folder);
  }

  private Frame at(int line) {
    return new Frame("?", folder.resolve("core.py").toString(), line);
  }

  private StackProfile profile(int schedule, int wait, int hostile) {
    List<Stack> stacks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      add(stacks, schedule, List.of(at(3), at(7)));
      add(stacks, wait, List.of(at(4), at(10)));
      add(stacks, hostile, List.of(at(3), at(7), new Frame(HOSTILE, "/x/" + HOSTILE, 1)));
    }
    var poller = new Stack(List.of(new Frame("poll", "/x/poller.py", 3)), 0.5);
    return new StackProfile(
        List.of(
            new ThreadStacks(7, "MainThread", stacks, true),
            new ThreadStacks(7, HOSTILE, List.of(poller), true)),
        StackProfile.Unit.SECONDS,
        "test");
  }

  private ProfileReport hits() {
    var line = new LineCost(7, 4_200, 1, "");
    var function =
        new FunctionProfile(
            "Engine.schedule", folder.resolve("core.py").toString(), 6, 1, List.of(line));
    return new ProfileReport(new LineProfile(List.of(function)), List.of());
  }

  private static void add(List<Stack> stacks, int times, List<Frame> frames) {
    for (int i = 0; i < times; i++) {
      stacks.add(new Stack(frames, 0.01));
    }
  }

  private Passes.Result result() {
    var names = new FunctionNames(sources());
    var root = new Root("Engine.step", folder.resolve("core.py").toString(), Root.How.CONFIGURED);
    var seen = new SeenStacks(names.in(profile(5, 3, 2)), Optional.of(names.in(profile(5, 0, 2))));
    var ranking =
        Ranking.of(
            seen.wall(), seen.holding().map(h -> h.inSeconds(100)), root, new Own(folder, root));
    return new Passes.Result(
        Optional.empty(),
        Optional.of(ranking),
        Optional.of(seen),
        Optional.empty(),
        Optional.of(hits()),
        Optional.empty(),
        List.of(),
        0,
        List.of("py-spy may not attach: <b>" + HOSTILE));
  }

  @Test
  void loadsNothingAndRunsOnlyItsOwnScripts() {
    assertThat(html)
        .contains("default-src 'none'; style-src 'sha256-")
        .doesNotContain("unsafe-inline")
        .doesNotContain("{{")
        .doesNotContain("<img")
        .doesNotContainPattern("(src|href)=[\"']?(https?:)?//")
        .doesNotContainPattern("<[^>]* style=");
    assertThat(html.split("<script", -1)).hasSize(4);
  }

  @Test
  void isTheSameForTheSameProfile() {
    assertThat(ProfilePage.html(result(), sources())).isEqualTo(html);
  }

  @Test
  void showsNoFileThatIsNotPythonSource() throws IOException {
    var secret = Files.writeString(folder.resolve("secret.txt"), "def step():\n  'key 4711'\n");
    var raw = Files.writeString(folder.resolve("raw"), "step (" + secret + ":2) 9\n");
    var result =
        Passes.ofExisting(
            ExistingProfiles.read(List.of(raw)), sources(), Optional.empty(), List.of());
    assertThat(ProfilePage.html(result, sources())).doesNotContain("4711");
  }

  @Test
  void refusesAProfileWithoutStacks() {
    var none =
        new Passes.Result(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            0,
            List.of());
    assertThatThrownBy(() -> ProfilePage.html(none, sources()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("A page needs stacks");
  }

  @Test
  void isReadWithMouseAndKeyboardOnAnyScreen() throws Exception {
    var program = Chromium.program();
    assumeTrue(program.isPresent(), "no Chromium on this machine");
    try (var browser =
        Chromium.start(program.get(), Files.createDirectory(folder.resolve("browser")))) {
      browser.screen(1300, 1000);
      browser.open(page);
      showsTheMostExpensiveFunctionFirst(browser);
      goesThroughCallsByKeys(browser);
      searches(browser);
      changesThreadAndTime(browser);
      browser.screen(390, 844);
      browser.open(page);
      assertThat(browser.evaluate("document.documentElement.scrollWidth")).isEqualTo("390");
      assertThat(browser.evaluate("document.querySelectorAll('.call').length > 2"))
          .isEqualTo("true");
      assertThat(browser.evaluate("document.title")).isEqualTo("Where the time goes: Engine.step");
      assertThat(browser.evaluate("document.querySelectorAll('img').length")).isEqualTo("0");
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests()).allMatch(url -> url.startsWith("file:"));
    }
  }

  private static void showsTheMostExpensiveFunctionFirst(Chromium browser) {
    assertThat(text(browser, "#name")).isEqualTo("Engine.schedule");
    assertThat(text(browser, "#source tr.hot"))
        .contains("50%", "70%", "4,200", "</td><script>document.title='owned'</script>");
    assertThat(text(browser, "#functions tbody tr")).contains("50%", "70%", "Engine.schedule");
    assertThat(text(browser, "#figures")).contains("Own time holding the lock", "100%");
    assertThat(text(browser, "#remarks")).contains("py-spy may not attach: <b>");
    assertThat(browser.evaluate("document.querySelectorAll('.call').length")).isEqualTo("4");
  }

  private static void goesThroughCallsByKeys(Chromium browser) {
    browser.evaluate("document.querySelector('.call[aria-selected=true]').focus()");
    browser.press("ArrowDown");
    assertThat(text(browser, "#name")).isEqualTo(HOSTILE);
    browser.press("ArrowUp");
    browser.press("ArrowRight");
    assertThat(text(browser, "#name")).isEqualTo("Engine.wait");
    assertThat(text(browser, "#figures")).contains("0.0%, else it waits or runs native code");
    browser.press("Enter");
    assertThat(text(browser, "#path")).isEqualTo("Engine.stepEngine.wait");
    assertThat(browser.evaluate("document.querySelectorAll('.call').length")).isEqualTo("2");
    browser.press("Escape");
    assertThat(browser.evaluate("document.querySelectorAll('.call').length")).isEqualTo("4");
  }

  private static void searches(Chromium browser) {
    browser.press("/");
    browser.type("wait");
    assertThat(text(browser, "#found")).isEqualTo("30% of the time in 1 function");
    assertThat(browser.evaluate("document.querySelectorAll('.call.match').length")).isEqualTo("1");
    assertThat(browser.evaluate("document.querySelectorAll('#functions tbody tr').length"))
        .isEqualTo("1");
    browser.press("Escape");
    assertThat(text(browser, "#found")).isEmpty();
  }

  private static void changesThreadAndTime(Chromium browser) {
    browser.evaluate("document.querySelector('[data-holding=true]').click()");
    assertThat(text(browser, "#functions")).doesNotContain("Engine.wait");
    browser.evaluate("document.querySelector('[data-holding=false]').click()");
    browser.evaluate("document.querySelector('#functions button').focus()");
    browser.evaluate(
        "(e => { e.value = e.options.length - 1; e.dispatchEvent(new Event('change')); })"
            + "(document.getElementById('view'))");
    assertThat(text(browser, "#name")).isEqualTo("poll");
    assertThat(text(browser, "#view")).contains("Process 7, thread " + HOSTILE);
  }

  private static String text(Chromium browser, String selector) {
    return browser.evaluate("document.querySelector('" + selector + "').textContent");
  }
}
