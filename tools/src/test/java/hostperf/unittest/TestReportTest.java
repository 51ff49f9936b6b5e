package hostperf.unittest;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReportTest {
  @TempDir Path temp;

  @Test
  void countsWhatPassedFailedAndWasSkipped() throws IOException {
    var report =
        read(
            """
            <testcase classname="tests.test_a" name="test_ok" file="tests/test_a.py"/>
            <testcase classname="tests.test_a" name="test_no" file="tests/test_a.py">
              <skipped type="pytest.skip" message="no gpu">…</skipped></testcase>
            <testcase classname="tests.test_a.TestK.TestInner" name="test_m[2-a b]" file="tests/test_a.py">
              <system-out>printed</system-out>
              <failure message="assert 2 == 1&#10;where">E   assert</failure></testcase>
            """);

    assertThat(report.passed()).isEqualTo(1);
    assertThat(report.skipped()).containsExactly("tests/test_a.py::test_no");
    assertThat(report.failures())
        .containsExactly(
            new Failure(
                "tests/test_a.py::TestK::TestInner::test_m[2-a b]",
                Failure.Kind.FAILED,
                "assert 2 == 1 where"));
  }

  @Test
  void countsATestOnceThatAlsoFailsInItsTearDown() throws IOException {
    var report =
        read(
            """
            <testcase classname="tests.test_a" name="t" file="tests/test_a.py"><failure message="first"/></testcase>
            <testcase classname="tests.test_a" name="t" file="tests/test_a.py"><error message="failed on teardown"/></testcase>
            """);

    assertThat(report.failures())
        .containsExactly(new Failure("tests/test_a.py::t", Failure.Kind.FAILED, "first"));
    assertThat(report.passed()).isZero();
  }

  @Test
  void takesAFileThatCannotBeImportedAsOneFailure() throws IOException {
    var report =
        read(
            """
            <testcase classname="" name="tests.test_bad" file="tests/test_bad.py">
              <error message="collection failure">Traceback
            E   ModuleNotFoundError: No module named 'x'</error></testcase>
            """);

    assertThat(report.failures())
        .containsExactly(
            new Failure(
                "tests/test_bad.py",
                Failure.Kind.NOT_COLLECTED,
                "ModuleNotFoundError: No module named 'x'"));
  }

  @Test
  void readsNoExternalEntity() throws IOException {
    var secret = Files.writeString(temp.resolve("secret"), "secret");
    var xml = temp.resolve("evil.xml");
    Files.writeString(
        xml,
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"%s\">]><testsuites><testcase name=\"t\"><failure>&e;</failure></testcase></testsuites>"
            .formatted(secret.toUri()));

    assertThat(JunitXml.read(xml, f -> f, List.of()))
        .isEqualTo(new ReadReport.Unreadable("has a document type, which is not read"));
  }

  @Test
  void tellsAReportThatIsCutOffFromOneThatIsMissing() throws IOException {
    var xml =
        Files.writeString(temp.resolve("cut.xml"), "<testsuites><testsuite><testcase name=\"");

    assertThat(JunitXml.read(xml, f -> f, List.of())).isInstanceOf(ReadReport.Unreadable.class);
    assertThat(JunitXml.read(temp.resolve("none.xml"), f -> f, List.of()))
        .isEqualTo(new ReadReport.Missing());
  }

  @Test
  void readsFarMoreEntitiesThanTheJdkAllows() throws IOException {
    var message = "assert &lt;a&gt; == &quot;b&quot;&#10;".repeat(200);
    var report =
        read(
            IntStream.range(0, 2_000)
                .mapToObj(
                    i ->
                        "<testcase classname=\"t\" name=\"t%d\" file=\"t.py\"><failure message=\"%s\">%s</failure></testcase>"
                            .formatted(i, message, message))
                .collect(joining()));

    assertThat(report.failures()).hasSize(2_000);
    assertThat(report.failures().getFirst().message()).startsWith("assert <a> == \"b\" assert");
  }

  @Test
  void readsAValueAndATextOfManyMegabytesWithoutHoldingThem() throws IOException {
    var long_ = "x &amp; ".repeat(3_000_000);
    var report =
        read(
            "<testcase classname=\"t\" name=\"t1\" file=\"t.py\"><system-out>"
                + long_
                + "</system-out><failure message=\""
                + long_
                + "\">"
                + long_
                + "\nE   last words</failure></testcase>"
                + "<testcase classname=\"t\" name=\""
                + "n".repeat(100_000)
                + "\" file=\"t.py\"><failure message=\"\">"
                + long_
                + "\nE   last words\n</failure></testcase>");

    assertThat(report.failures()).hasSize(2);
    assertThat(report.failures().getFirst().message()).startsWith("x & x & ").hasSize(500);
    assertThat(report.failures().getLast())
        .isEqualTo(new Failure("t.py", Failure.Kind.FAILED, "last words"));
  }

  @Test
  void leavesEverythingButLongValuesAlone() throws IOException {
    var xml =
        "<?xml version='1.0'?><!-- \"a > -- b' --><a b='\"' c=\">'\"><![CDATA[ <x y=\"]]> ' \""
            + " </a>";
    var cut = new ShortAttributes(new StringReader(xml));
    assertThat(new BufferedReader(cut).readLine()).isEqualTo(xml);

    var longOne = "<a b=\"" + "x".repeat(ShortAttributes.LONGEST - 2) + "&amp;yyyy\"/>";
    assertThat(new BufferedReader(new ShortAttributes(new StringReader(longOne))).readLine())
        .endsWith("x&amp;\"/>");
  }

  @Test
  void saysWhereAReportBreaks() throws IOException {
    var xml =
        Files.writeString(temp.resolve("bad.xml"), "<testsuites>\n<testcase a=b/></testsuites>");
    assertThat(JunitXml.read(xml, f -> f, List.of()))
        .isInstanceOfSatisfying(
            ReadReport.Unreadable.class, u -> assertThat(u.why()).contains("at line 2"));
    Files.writeString(xml, "<html/>");
    assertThat(JunitXml.read(xml, f -> f, List.of()))
        .isEqualTo(new ReadReport.Unreadable("is not a report of tests"));
  }

  private TestReport read(String cases) throws IOException {
    var xml = temp.resolve("report.xml");
    Files.writeString(xml, "<testsuites><testsuite>" + cases + "</testsuite></testsuites>");
    return ((ReadReport.Whole) JunitXml.read(xml, f -> f, List.of())).report();
  }
}
