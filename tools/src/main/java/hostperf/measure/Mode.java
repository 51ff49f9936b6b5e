package hostperf.measure;

import java.util.Locale;

/// How base and candidate are compared.
public enum Mode {
  /// By swap where the patch is fit for it, else by launches.
  AUTO,
  /// Both versions alternate inside each launch.
  SWAP,
  /// Each launch has one version.
  LAUNCHES;

  /// What is a pair in launches of this mode.
  public Units units() {
    return this == SWAP ? Units.BLOCKS : Units.LAUNCHES;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
