package hostperf.unittest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads the report that `pytest --junitxml` writes in the form `xunit1`, which has each test's
/// file.
///
/// It is streamed, whatever its size: what is kept grows with the number of tests that failed or
/// were skipped, not with what they printed. A document type is refused, and no entity but XML's
/// own is read.
final class JunitXml {
  private static final int LONGEST_MESSAGE = 500;

  /// Later failures are named without their message.
  private static final int MOST_MESSAGES = 10_000;

  /// Limits of the JDK that count characters like `&lt;` as entities. What they guard against
  /// takes a document type.
  private static final List<String> LIFTED =
      List.of(
          "jdk.xml.entityExpansionLimit",
          "jdk.xml.entityReplacementLimit",
          "jdk.xml.maxGeneralEntitySizeLimit",
          "jdk.xml.totalEntitySizeLimit");

  private final UnaryOperator<String> locate;
  private final Collection<String> wanted;
  private final Map<String, Failure> failures = new LinkedHashMap<>();
  private final List<String> skipped = new ArrayList<>();
  private final Set<String> confirmed = new HashSet<>();
  private final PassedTests passes = new PassedTests();

  /// @param locate from a file as pytest names it (relative to its root folder) to one that
  ///     pytest takes
  /// @param wanted tests, files and folders of which it is to say whether one passed
  private JunitXml(UnaryOperator<String> locate, Collection<String> wanted) {
    this.locate = locate;
    this.wanted = wanted;
  }

  static ReadReport read(Path file, UnaryOperator<String> locate, Collection<String> wanted) {
    if (!Files.isRegularFile(file)) {
      return new ReadReport.Missing();
    }
    try (var in = Files.newInputStream(file);
        Reader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      var factory = XMLInputFactory.newDefaultFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      LIFTED.forEach(limit -> factory.setProperty(limit, "0"));
      var xml = factory.createXMLStreamReader(new ShortAttributes(text));
      return new JunitXml(locate, wanted).report(xml);
    } catch (XMLStreamException e) {
      var at = e.getLocation();
      return new ReadReport.Unreadable(
          at == null
              ? "is not whole XML"
              : "is not whole XML: it breaks at line %d, column %d"
                  .formatted(at.getLineNumber(), at.getColumnNumber()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ReadReport report(XMLStreamReader xml) throws XMLStreamException {
    boolean isReport = false;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.DTD) {
        return new ReadReport.Unreadable("has a document type, which is not read");
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "testsuites", "testsuite" -> isReport = true;
          case "testcase" -> testcase(xml);
          default -> {} // properties
        }
      }
    }
    return isReport
        ? new ReadReport.Whole(
            new TestReport(
                passes.count(), skipped, List.copyOf(failures.values()), Set.copyOf(confirmed)))
        : new ReadReport.Unreadable("is not a report of tests");
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
    note(test.id(locate), isSkipped, failure);
  }

  private void note(String id, boolean isSkipped, Optional<Failure> failure) {
    if (failure.isPresent()) {
      passes.drop(failure.get().id());
      failures.putIfAbsent(failure.get().id(), failure.get());
    } else if (isSkipped) {
      skipped.add(id);
    } else if (!failures.containsKey(id)) {
      passes.add(id);
      wanted.stream().filter(test -> TestReport.isWithin(id, test)).forEach(confirmed::add);
    }
  }

  private Failure failure(XMLStreamReader xml, Case test) throws XMLStreamException {
    boolean isError = xml.getLocalName().equals("error");
    var message = attribute(xml, "message");
    var said = LastSaid.of(xml);
    if (isError && message.equals("collection failure")) {
      var file = test.file().isEmpty() ? test.name().replace('.', '/') + ".py" : test.file();
      return new Failure(locate.apply(file), Failure.Kind.NOT_COLLECTED, brief(said));
    }
    var kind = isError ? Failure.Kind.ERROR : Failure.Kind.FAILED;
    return new Failure(test.id(locate), kind, brief(message.isBlank() ? said : message));
  }

  private String brief(String text) {
    if (failures.size() >= MOST_MESSAGES) {
      return "";
    }
    var line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE - 1) + "…";
  }

  private static String attribute(XMLStreamReader xml, String name) {
    var value = xml.getAttributeValue("", name);
    return value == null ? "" : value;
  }

  /// A test as the report names it: `classname` is the module and the classes, joined by dots.
  private record Case(String classname, String name, String file) {
    /// A name that was cut is no test's; its file stands for it.
    String id(UnaryOperator<String> locate) {
      if (file.isEmpty()) {
        return classname.isEmpty() ? name : classname + "." + name;
      }
      if (name.length() >= ShortAttributes.LONGEST) {
        return locate.apply(file);
      }
      var module = file.replaceFirst("\\.py$", "").replace('/', '.');
      var classes = behind(module).or(() -> behind(module.replaceFirst(".*\\.", ""))).orElse("");
      return locate.apply(file) + classes.replace(".", "::") + "::" + name;
    }

    /// The classes behind a module's name. Of a file outside its root folder pytest says the last
    /// part of the name alone.
    private Optional<String> behind(String module) {
      return classname.equals(module) || classname.startsWith(module + ".")
          ? Optional.of(classname.substring(module.length()))
          : Optional.empty();
    }
  }
}
