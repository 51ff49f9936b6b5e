package hostperf.trace.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Reads a stream ahead on a thread of its own, so that reading and unpacking go on while what was
/// read is parsed.
final class AheadStream extends InputStream {
  private static final int BLOCK = 1 << 16;
  private static final int AHEAD = 8;

  private static final class Block {
    private final byte[] bytes;

    /// Negative at the end of the stream.
    private final int size;

    private Block(byte[] bytes, int size) {
      this.bytes = bytes;
      this.size = size;
    }
  }

  private static final Block FAILED = new Block(new byte[0], 0);

  private final InputStream from;
  private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(AHEAD + 1);
  private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(AHEAD + 1);
  private final Thread reader;
  private Block now = new Block(new byte[BLOCK], 0);
  private int at;

  /// What ended the stream before its end; seen by the parser behind the last block.
  private volatile Throwable failure = new ClosedChannelException();

  /// @param from is closed with this stream
  AheadStream(InputStream from) {
    this.from = from;
    for (int i = 0; i < AHEAD; i++) {
      empty.add(new byte[BLOCK]);
    }
    reader = Thread.ofPlatform().daemon().name("hostperf-ahead").start(this::readAll);
  }

  private void readAll() {
    try {
      for (int size = 0; size >= 0; ) {
        byte[] bytes = empty.take();
        size = from.read(bytes);
        full.put(new Block(bytes, size));
      }
    } catch (InterruptedException _) {
      // It was closed.
      full.add(FAILED);
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
      full.add(FAILED);
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (at >= now.size && length > 0 && !next()) {
      return -1;
    }
    int count = Math.min(length, now.size - at);
    System.arraycopy(now.bytes, at, into, offset, count);
    at += count;
    return count;
  }

  /// Goes on to the next block, where there is one.
  private boolean next() throws IOException {
    if (now.size < 0) {
      return false;
    }
    Block next = taken();
    empty.add(now.bytes);
    now = next;
    at = 0;
    return now.size > 0;
  }

  private Block taken() throws IOException {
    try {
      Block block = full.take();
      if (block == FAILED) {
        full.add(block);
        throw failed();
      }
      return block;
    } catch (InterruptedException _) {
      // As a channel does when its thread is interrupted.
      close();
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
  }

  private IOException failed() {
    return failure instanceof IOException e ? e : new IOException(failure);
  }

  @Override
  public void close() throws IOException {
    reader.interrupt();
    from.close();
  }
}
