package hostperf.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(report.skipped()).isEqualTo(1);
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

    var report = JunitXml.read(xml, f -> f);

    assertThat(report.map(TestReport::failures).toString()).doesNotContain("secret");
  }

  @Test
  void takesAReportThatIsCutOffForNone() throws IOException {
    var xml =
        Files.writeString(temp.resolve("cut.xml"), "<testsuites><testsuite><testcase name=\"");

    assertThat(JunitXml.read(xml, f -> f)).isEmpty();
    assertThat(JunitXml.read(temp.resolve("none.xml"), f -> f)).isEmpty();
  }

  private TestReport read(String cases) throws IOException {
    var xml = temp.resolve("report.xml");
    Files.writeString(xml, "<testsuites><testsuite>" + cases + "</testsuite></testsuites>");
    return JunitXml.read(xml, f -> f).orElseThrow();
  }
}
