package hostperf.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileTroubleTest {
  @Test
  void saysInASentenceWhatTheFileSystemWouldNotDo() {
    assertThat(why(new NoSuchFileException("/a/b")))
        .isEqualTo("There is no file or folder '/a/b'.");
    assertThat(why(new AccessDeniedException("/a/b"))).contains("may not read or write '/a/b'");
    assertThat(why(new FileSystemException("/a/b", null, "Read-only file system")))
        .isEqualTo("'/a/b' cannot be used: read-only file system.");
    assertThat(why(new FileSystemException("/a", null, null))).contains("gives no reason");
    assertThat(why(new MalformedInputException(1))).isEqualTo("The file is not UTF-8 text.");
    assertThat(why(new IOException("Is a directory"))).contains("A folder is where");
    assertThat(why(new IOException("No space left on device"))).contains("no room left");
  }

  @Test
  void leavesDefectsToOthers() {
    assertThat(FileTrouble.behind(new IllegalStateException("x", new IOException("y")))).isEmpty();
  }

  private static String why(IOException failure) {
    return FileTrouble.behind(new UncheckedIOException(failure)).orElseThrow().why();
  }
}
