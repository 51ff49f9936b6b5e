package hostperf.behaviour;

import hostperf.behaviour.Recording.Call;
import hostperf.behaviour.Recording.OfProcess;
import hostperf.behaviour.Recording.Sequence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what the processes of a launch wrote down.
final class RecordingReader {
  private static final JsonMapper JSON = JsonMapper.shared();

  private RecordingReader() {}

  private record Named(String name, double begun, OfProcess process) {}

  static Recording read(List<Path> files) {
    var all = new ArrayList<Named>();
    files.forEach(file -> all.add(read(file)));
    all.sort(Comparator.comparingDouble(Named::begun));
    Map<String, Integer> seen = new HashMap<>();
    Map<String, OfProcess> processes = new HashMap<>();
    for (Named one : all) {
      int number = seen.merge(one.name(), 1, Integer::sum);
      processes.put(number == 1 ? one.name() : one.name() + " " + number, one.process());
    }
    return new Recording(processes);
  }

  /// @param function its number, whose name the file says last
  private record Made(int function, String thread, Call call) {}

  private static Named read(Path file) {
    var structures = new Structures();
    var calls = new ArrayList<Made>();
    JsonNode last = JSON.createObjectNode();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode node = JSON.readTree(line);
        if (node.isArray()) {
          structures.add(node);
        } else if (node.has("f")) {
          calls.add(
              new Made(node.path("f").asInt(), node.path("t").asString(), call(node, structures)));
        } else {
          last = node;
        }
      }
    } catch (JacksonException _) {
      // A process that was killed while it wrote leaves half a line; what came before it counts.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Named(
        last.path("process").asString(""),
        last.path("begun").asDouble(),
        process(structures, calls, last));
  }

  private static OfProcess process(Structures structures, List<Made> calls, JsonNode last) {
    var functions = texts(last.path("functions"));
    Map<Sequence, List<Call>> sequences = new HashMap<>();
    for (var made : calls) {
      if (made.function() < functions.size()) {
        sequences
            .computeIfAbsent(
                new Sequence(functions.get(made.function()), made.thread()), _ -> new ArrayList<>())
            .add(made.call());
      }
    }
    sequences.values().forEach(list -> list.sort(Comparator.comparingInt(Call::number)));
    Map<Sequence, Long> counts = new HashMap<>();
    for (JsonNode count : last.path("counts")) {
      int function = count.path(0).asInt();
      counts.merge(
          new Sequence(functions.get(function), count.path(1).asString()),
          count.path(2).asLong(),
          Long::sum);
    }
    return new OfProcess(
        structures,
        Set.copyOf(functions),
        sequences,
        counts,
        last.path("stopped").asString(""),
        last.path("seconds").asDouble(),
        last.path("unread").asLong(),
        texts(last.path("remarks")));
  }

  private static Call call(JsonNode node, Structures structures) {
    return new Call(
        node.path("n").asInt(),
        node.path("at").asLong(),
        node.path("end").asLong(),
        place(node.path("given").asInt(), structures),
        place(node.path("result").asInt(), structures),
        node.path("raised").asBoolean(),
        place(node.path("after").asInt(), structures));
  }

  private static int place(int number, Structures structures) {
    return number < 0 ? -1 : structures.place(number);
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asString).toList();
  }
}
