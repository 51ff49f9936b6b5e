package hostperf.unittest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads the report that `pytest --junitxml` writes in the form `xunit1`, which has each test's
/// file. It is streamed; document types and external entities are not read.
final class JunitXml {
  private static final int LONGEST_MESSAGE = 500;

  private final UnaryOperator<String> locate;
  private final Map<String, Optional<Failure>> results = new LinkedHashMap<>();
  private int skipped;

  /// @param locate from a file as pytest names it (relative to its root folder) to one that
  ///     pytest takes
  private JunitXml(UnaryOperator<String> locate) {
    this.locate = locate;
  }

  /// @return none where the file is missing, or its end is: the run was cut off
  static Optional<TestReport> read(Path file, UnaryOperator<String> locate) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      var factory = XMLInputFactory.newDefaultFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      return Optional.of(new JunitXml(locate).report(factory.createXMLStreamReader(in)));
    } catch (XMLStreamException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestReport report(XMLStreamReader xml) throws XMLStreamException {
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("testcase")) {
        testcase(xml);
      }
    }
    var failures = results.values().stream().flatMap(Optional::stream).toList();
    return new TestReport(results.size() - failures.size(), skipped, failures);
  }

  private void testcase(XMLStreamReader xml) throws XMLStreamException {
    var test =
        new Case(attribute(xml, "classname"), attribute(xml, "name"), attribute(xml, "file"));
    boolean isSkipped = false;
    Optional<Failure> failure = Optional.empty();
    while (xml.next() != XMLStreamConstants.END_ELEMENT || !xml.getLocalName().equals("testcase")) {
      if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "skipped" -> isSkipped = true;
          case "failure", "error" -> failure = Optional.of(failure(xml, test));
          default -> {} // what the test printed, and its properties
        }
      }
    }
    if (isSkipped) {
      skipped++;
    } else {
      results.merge(
          failure.map(Failure::id).orElse(test.id(locate)),
          failure,
          (first, next) -> first.or(() -> next));
    }
  }

  private Failure failure(XMLStreamReader xml, Case test) throws XMLStreamException {
    boolean isError = xml.getLocalName().equals("error");
    var message = attribute(xml, "message");
    var details = xml.getElementText();
    if (isError && message.equals("collection failure")) {
      var file = test.file().isEmpty() ? test.name().replace('.', '/') + ".py" : test.file();
      return new Failure(locate.apply(file), Failure.Kind.NOT_COLLECTED, brief(lastSaid(details)));
    }
    var kind = isError ? Failure.Kind.ERROR : Failure.Kind.FAILED;
    return new Failure(
        test.id(locate), kind, brief(message.isBlank() ? lastSaid(details) : message));
  }

  /// pytest marks the lines that say what went wrong with `E`.
  private static String lastSaid(String details) {
    return details
        .lines()
        .filter(line -> line.startsWith("E "))
        .reduce((_, last) -> last)
        .map(line -> line.substring(1))
        .orElse(details);
  }

  private static String brief(String text) {
    var line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE - 1) + "…";
  }

  private static String attribute(XMLStreamReader xml, String name) {
    var value = xml.getAttributeValue("", name);
    return value == null ? "" : value;
  }

  /// A test as the report names it: `classname` is the module and the classes, joined by dots.
  private record Case(String classname, String name, String file) {
    String id(UnaryOperator<String> locate) {
      if (file.isEmpty()) {
        return classname.isEmpty() ? name : classname + "." + name;
      }
      var module = file.replaceFirst("\\.py$", "").replace('/', '.');
      var classes = classname.startsWith(module) ? classname.substring(module.length()) : "";
      return locate.apply(file) + classes.replace(".", "::") + "::" + name;
    }
  }
}
