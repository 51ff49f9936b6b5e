package hostperf.trace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class AheadStreamTest {
  @Test
  void givesTheBytesOfTheStreamInTheirOrder() throws IOException {
    byte[] bytes = bytes(1_000_003);
    try (var ahead = new AheadStream(new ByteArrayInputStream(bytes))) {
      assertThat(ahead.readAllBytes()).isEqualTo(bytes);
      assertThat(ahead.read()).isEqualTo(-1);
    }
  }

  @Test
  void failsBehindTheBytesThatCouldBeRead() throws IOException {
    byte[] bytes = bytes(200_000);
    var broken = new SequenceInputStream(new ByteArrayInputStream(bytes), new Broken());
    try (var ahead = new AheadStream(broken)) {
      assertThat(ahead.readNBytes(bytes.length)).isEqualTo(bytes);
      // A parser that was stopped by it may look again.
      assertThatThrownBy(ahead::read).isInstanceOf(EOFException.class).hasMessage("cut");
      assertThatThrownBy(ahead::read).isInstanceOf(EOFException.class).hasMessage("cut");
    }
  }

  @Test
  void anInterruptedReaderClosesTheStream() throws IOException {
    var isClosed = new AtomicBoolean();
    InputStream from =
        new ByteArrayInputStream(bytes(100)) {
          @Override
          public void close() {
            isClosed.set(true);
          }
        };
    try (var ahead = new AheadStream(from)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(ahead::read).isInstanceOf(ClosedByInterruptException.class);
      assertThat(isClosed).isTrue();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static byte[] bytes(int count) {
    var bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new EOFException("cut");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      throw new EOFException("cut");
    }
  }
}
