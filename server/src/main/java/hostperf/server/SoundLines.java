package hostperf.server;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The client's lines that are messages. The SDK stops reading for good at the first that is none,
/// and stops without a word when the client goes; here the one is left out and the other told.
final class SoundLines extends InputStream {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Logger LOG = LoggerFactory.getLogger(SoundLines.class);

  /// Far above any call, and below what the heap holds.
  private static final int LONGEST = 16 << 20;

  private final InputStream in;
  private final CountDownLatch gone;
  private byte[] line = new byte[0];
  private int at;

  /// @param gone counted down when the client has closed its end
  SoundLines(InputStream in, CountDownLatch gone) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.gone = gone;
  }

  @Override
  public int read() throws IOException {
    return fill() ? line[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, line.length - at);
    System.arraycopy(line, at, bytes, from, count);
    at += count;
    return count;
  }

  /// Makes sure that there is something to hand out; false at the end.
  private boolean fill() throws IOException {
    while (at >= line.length) {
      var next = new ByteArrayOutputStream();
      boolean isCut = readLine(next);
      if (gone.getCount() == 0) {
        return false;
      }
      if (!isCut) {
        line = sound(next.toString(StandardCharsets.UTF_8));
        at = 0;
      }
    }
    return true;
  }

  /// @return whether the line was too long to be kept
  private boolean readLine(ByteArrayOutputStream next) throws IOException {
    boolean isCut = false;
    int one = in.read();
    for (; one >= 0 && one != '\n'; one = in.read()) {
      if (next.size() < LONGEST) {
        next.write(one);
      } else {
        isCut = true;
      }
    }
    if (one < 0) {
      gone.countDown();
    } else if (isCut) {
      LOG.warn("a line of more than {} bytes is left out", LONGEST);
    }
    return isCut;
  }

  /// The line as the SDK can take it; empty where it is no message.
  private static byte[] sound(String text) {
    try {
      var _ = McpSchema.deserializeJsonRpcMessage(McpJsonDefaults.getMapper(), text);
      return (withNamedArguments(text) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (IOException | RuntimeException e) {
      LOG.warn("a line of {} characters that is no message is left out", text.length());
      return new byte[0];
    }
  }

  /// Arguments that are no object would be refused by the SDK in the words of its innards; as an
  /// argument of that name they are refused in ours.
  private static String withNamedArguments(String text) {
    if (JSON.readTree(text) instanceof ObjectNode message
        && message.get("params") instanceof ObjectNode params
        && params.has("arguments")
        && !params.get("arguments").isObject()) {
      params.set("arguments", JSON.createObjectNode().set("arguments", params.get("arguments")));
      return JSON.writeValueAsString(message);
    }
    return text;
  }
}
