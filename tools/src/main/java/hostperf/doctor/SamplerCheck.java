package hostperf.doctor;

import hostperf.host.Processes;
import hostperf.python.PySpy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Whether `hostperf profile` can sample processes from outside.
final class SamplerCheck {
  private static final String INSTEAD =
      " Until then a thread inside each process samples, which sees less.";

  private final PySpy pySpy;
  private final UserPrograms programs;

  SamplerCheck(Path checkout, Processes processes, Map<String, String> environment) {
    this.programs = new UserPrograms(checkout);
    this.pySpy = new PySpy(processes, environment);
  }

  List<Check> checks() {
    var program = pySpy.found().map(Path::toAbsolutePath).filter(programs::isOutside);
    var python = programs.find("python3");
    if (program.isEmpty() || python.isEmpty()) {
      return List.of(
          Check.warning(
              "py-spy",
              python.isEmpty() ? "not tried: no python3 outside the checkout" : "not installed",
              "The first `hostperf profile` has pip put it into the cache folder, or install it"
                  + " yourself: `pip install py-spy`."));
    }
    return List.of(
        pySpy
            .hindrance(program.get(), python.get())
            .map(
                why ->
                    Check.warning(
                        "py-spy",
                        "%s may not attach: %s".formatted(program.get(), why),
                        "In a container add the capability SYS_PTRACE; elsewhere set"
                            + " kernel.yama.ptrace_scope to 1 or lower."
                            + INSTEAD))
            .orElseGet(() -> Check.ok("py-spy", program.get() + " may attach")));
  }
}
