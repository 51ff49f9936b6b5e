package hostperf.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DevicesTest {
  /// Where the value of the last assignment of `body` lives.
  private static Origin origin(String body) {
    return origin("", body);
  }

  private static Origin origin(String init, String body) {
    var file =
        PythonFile.of(
            "d.py",
            "import torch\nimport numpy as np\nclass A:\n    def __init__(self, device):\n        pass\n"
                + init.indent(8)
                + "    def f(self, x: torch.Tensor, rows: list[int], ids_cpu, t):\n"
                + body.indent(8));
    var function = file.function("A.f").orElseThrow();
    var value =
        function.body().find("assignment").reduce((_, last) -> last).orElseThrow().child("right");
    return Devices.of(function).of(value.orElseThrow());
  }

  @Test
  void followsAssignmentsToWhereTheTensorIsMade() {
    var origin = origin("a = torch.zeros(3, device='cuda')\nb = a.view(-1)\nc = b[1:]");
    assertThat(origin.device()).isEqualTo(Device.GPU);
    assertThat(origin.why()).contains("torch.zeros", "line 7");
  }

  @Test
  void followsAttributesToTheConstructor() {
    assertThat(origin("self.buf = torch.empty(4, pin_memory=True)", "c = self.buf").device())
        .isEqualTo(Device.PINNED);
  }

  @Test
  void endsOnDefinitionsThatGoInCircles() {
    assertThat(origin("a = b\nb = a\nc = a").device()).isEqualTo(Device.UNKNOWN);
  }

  @Test
  void knowsCopiesInBothDirections() {
    assertThat(origin("c = x.cpu()").device()).isEqualTo(Device.CPU);
    assertThat(origin("c = x.to('cpu')").device()).isEqualTo(Device.CPU);
    assertThat(origin("c = torch.tensor(rows).cuda()").device()).isEqualTo(Device.GPU);
    assertThat(origin("c = torch.tensor(rows)").device()).isEqualTo(Device.CPU);
  }

  @Test
  void keepsTheDeviceWhenOnlyTheTypeChanges() {
    assertThat(origin("c = ids_cpu.to(torch.int64)").device()).isEqualTo(Device.CPU);
  }

  @Test
  void takesAnnotationsAndNamesAsHints() {
    assertThat(origin("c = x").device()).isEqualTo(Device.TENSOR);
    assertThat(origin("c = rows").device()).isEqualTo(Device.PYTHON);
    assertThat(origin("c = ids_cpu").byName()).isTrue();
    assertThat(origin("c = t").device()).isEqualTo(Device.UNKNOWN);
  }

  @Test
  void knowsWhatTheHostKnowsAnyway() {
    assertThat(origin("c = x.shape[0]").device()).isEqualTo(Device.PYTHON);
    assertThat(origin("c = np.cumsum(rows)").device()).isEqualTo(Device.NUMPY);
    assertThat(origin("c = x is None").device()).isEqualTo(Device.PYTHON);
  }

  @Test
  void usesTellWhatAValueIs() {
    assertThat(origin("t.masked_fill_(x > 0, 1)\nc = t").device()).isEqualTo(Device.TENSOR);
    assertThat(origin("torch.cumsum(x, dim=0, out=t[1:])\nc = t").device())
        .isEqualTo(Device.TENSOR);
    assertThat(origin("torch.tensor(t)\nc = t").device()).isEqualTo(Device.UNKNOWN);
  }

  @Test
  void aHostTwinTellsOfTheOriginal() {
    var origin = origin("use(t.lens_cpu)\nc = t.lens");
    assertThat(origin.device()).isEqualTo(Device.GPU);
    assertThat(origin.why()).contains("t.lens_cpu");
    assertThat(origin("use(t.out_list)\nc = t.out").device()).isEqualTo(Device.UNKNOWN);
  }

  @Test
  void aMethodOfAResultIsNoFunctionOfTheModule() {
    assertThat(origin("c = torch.tensor(rows).view(-1, 1)").device()).isEqualTo(Device.CPU);
    assertThat(origin("c = np.cumsum(rows).astype(int)").device()).isEqualTo(Device.NUMPY);
  }

  @Test
  void whatIsMovedWasWhereItsNameSays() {
    assertThat(origin("x = x.cpu()\nc = x").device()).isEqualTo(Device.CPU);
    assertThat(origin("t.logits = t.logits.cpu()\nc = t.logits").device()).isEqualTo(Device.CPU);
  }
}
