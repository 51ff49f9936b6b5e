package hostperf.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedConfigurationsTest {
  private static final String HASH = "a".repeat(64);

  @TempDir Path folder;
  private TrustedConfigurations trusted;

  @BeforeEach
  void nothingYet() {
    trusted = new TrustedConfigurations(folder.resolve("settings/trusted"));
  }

  private Path checkout(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  @Test
  void theSameContentElsewhereIsAskedAboutAgain() throws IOException {
    trusted.add(checkout("mine"), HASH);
    assertThat(trusted.contains(checkout("mine"), HASH)).isTrue();
    assertThat(trusted.contains(checkout("clone"), HASH)).isFalse();
    assertThat(trusted.contains(checkout("mine"), "b".repeat(64))).isFalse();
  }

  @Test
  void aCheckoutIsKnownByItsRealPath() throws IOException {
    var mine = checkout("mine");
    trusted.add(mine, HASH);
    var link = Files.createSymbolicLink(folder.resolve("link"), mine);
    assertThat(trusted.contains(link, HASH)).isTrue();
    Files.move(mine, folder.resolve("moved"));
    assertThat(trusted.contains(folder.resolve("moved"), HASH)).isFalse();
    Files.createDirectory(mine);
    Files.delete(link);
    Files.createSymbolicLink(link, folder.resolve("moved"));
    assertThat(trusted.contains(link, HASH)).isFalse();
  }

  @Test
  void forgetsOneCheckoutAndNoOther() throws IOException {
    trusted.forget(checkout("mine"));
    trusted.add(checkout("mine"), HASH);
    trusted.add(checkout("mine"), "b".repeat(64));
    trusted.add(checkout("a " + checkout("mine").toRealPath().toString().substring(1)), HASH);
    trusted.add(checkout("other"), HASH);
    trusted.forget(checkout("mine"));
    assertThat(trusted.contains(checkout("mine"), HASH)).isFalse();
    assertThat(trusted.contains(checkout("mine"), "b".repeat(64))).isFalse();
    assertThat(trusted.contains(checkout("other"), HASH)).isTrue();
    assertThat(
            trusted.contains(
                checkout("a " + checkout("mine").toRealPath().toString().substring(1)), HASH))
        .isTrue();
  }

  @Test
  void anEntryWithoutAPlaceAllowsNothing() throws IOException {
    var mine = checkout("mine");
    trusted.add(mine, HASH);
    Files.writeString(folder.resolve("settings/trusted"), HASH + "\n");
    assertThat(trusted.contains(mine, HASH)).isFalse();
  }

  @Test
  void aLineBreakInAFoldersNameMakesNoEntryForAnother() throws IOException {
    var victim = checkout("victim").toRealPath();
    var name = "x\n" + HASH + " " + victim;
    Path tricky = Files.createDirectories(folder.resolve(name.replace("/", "\u2215")));
    trusted.add(tricky, HASH);
    var deep = Files.createDirectories(folder.resolve("y\n" + HASH + " " + victim));
    trusted.add(deep, HASH);
    assertThat(trusted.contains(victim, HASH)).isFalse();
    assertThat(trusted.contains(deep, HASH)).isTrue();
    assertThat(Files.readAllLines(folder.resolve("settings/trusted"))).hasSize(2);
  }
}
