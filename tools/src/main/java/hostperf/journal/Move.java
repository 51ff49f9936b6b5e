package hostperf.journal;

/// What can be done with a run, each under the name of its tool.
public enum Move {
  PROFILE("profile"),
  CLASSIFY("classify"),
  PROPOSE("propose_options"),
  APPLY("apply_patch"),
  TEST("run_unit_tests"),
  VALIDATE("validate"),
  ROLL_BACK("rollback"),
  REPORT("report"),
  FINISH("finish");

  private final String tool;

  Move(String tool) {
    this.tool = tool;
  }

  public String tool() {
    return tool;
  }
}
