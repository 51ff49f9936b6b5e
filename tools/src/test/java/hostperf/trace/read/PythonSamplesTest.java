package hostperf.trace.read;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.trace.answer.Detection;
import hostperf.trace.answer.Samples;
import hostperf.trace.answer.SmallTrace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stacks of samples in a small export, laid out as nsys 2025.3 does.
class PythonSamplesTest {
  private static final String RANGES =
      "create table NVTX_EVENTS (start, end, eventType, text, globalTid, textId, domainId";

  @TempDir Path folder;

  private SmallTrace trace(String columns) {
    return new SmallTrace(
            folder.resolve("small.sqlite"),
            "",
            "create table CUPTI_ACTIVITY_KIND_KERNEL (start, end, deviceId, streamId,"
                + " correlationId, globalPid, demangledName, shortName, graphNodeId)",
            "create table CUPTI_ACTIVITY_KIND_RUNTIME (start, end, globalTid, correlationId,"
                + " nameId)",
            RANGES + columns + ")")
        .sql(
            "insert into NVTX_EVENTS (eventType, domainId, text) values (75, 3, 'Python Periodic"
                + " Sampling')")
        .sql("insert into StringIds values (1001, 'spin'), (1002, '/src/engine.py')")
        .decoding(SmallTrace.FIRST, 40);
  }

  private static byte[] blob(int count, long size, long begin) {
    return ByteBuffer.allocate(32 + 16 + 24)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(3)
        .putInt(0)
        .putLong(4_294_967_298L)
        .putLong(size)
        .putLong(begin)
        .putLong(1)
        .putInt(1)
        .putInt(count)
        .putLong(1001)
        .putLong(1002)
        // Beside the line lies what was in memory.
        .putInt(7)
        .putInt(863_000_123)
        .array();
  }

  private SmallTrace sample(SmallTrace trace, double at, byte[] blob) {
    return trace.sql(
        "insert into NVTX_EVENTS (start, eventType, globalTid, domainId, binaryData)"
            + " values (?, 34, ?, 3, ?)",
        SmallTrace.nanos(at),
        SmallTrace.FIRST + 1,
        blob);
  }

  private static Detection.Answer read(SmallTrace trace) {
    return Samples.answer(trace.written());
  }

  @Test
  void readsWhatRanFromTheBytesOfASample() {
    var trace = trace(", binaryData");
    for (int i = 0; i < 40; i++) {
      sample(trace, 1000 + 25 * i, blob(1, 40, 32));
    }

    assertThat(read(trace).host().idleCauses())
        .anyMatch(
            cause ->
                cause.function().filter(f -> f.place().equals("/src/engine.py:7")).isPresent()
                    && cause.target().orElseThrow().equals("engine::spin"));
  }

  @Test
  void passesOverBytesThatAreNoSample() {
    var trace = trace(", binaryData");
    var random = new Random(3);
    sample(trace, 1010, blob(Integer.MAX_VALUE, 40, 32));
    sample(trace, 1020, blob(1, Long.MAX_VALUE, 32));
    sample(trace, 1030, blob(1, 40, -1));
    sample(trace, 1040, blob(-5, 40, 32));
    for (int i = 0; i < 200; i++) {
      var bytes = new byte[random.nextInt(90)];
      random.nextBytes(bytes);
      sample(trace, 1050 + i, bytes);
    }

    assertThat(read(trace).host().idleCauses()).allMatch(cause -> cause.function().isEmpty());
  }

  @Test
  void saysWhenAnExportLeftTheStacksOut() {
    assertThat(read(trace("")).notes()).anyMatch(note -> note.contains("--include-blobs=true"));
    assertThat(
            read(new SmallTrace(
                        folder.resolve("other.sqlite"),
                        "",
                        "create table CUPTI_ACTIVITY_KIND_KERNEL (start, end, deviceId, streamId,"
                            + " correlationId, globalPid, demangledName, shortName, graphNodeId)",
                        "create table CUPTI_ACTIVITY_KIND_RUNTIME (start, end, globalTid, correlationId,"
                            + " nameId)",
                        RANGES + ")")
                    .decoding(SmallTrace.FIRST, 40))
                .notes())
        .noneMatch(note -> note.contains("--include-blobs=true"));
  }
}
