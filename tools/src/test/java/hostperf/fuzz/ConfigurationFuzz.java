package hostperf.fuzz;

import hostperf.configuration.Configuration;
import hostperf.configuration.ConfigurationReader;
import hostperf.configuration.ConfigurationReader.Reading;
import hostperf.configuration.ConfigurationText;

/// A configuration is valid, and then can be shown to a person, or each of its faults is told.
public final class ConfigurationFuzz {
  private static final InputFile INPUT = new InputFile(Configuration.FILE);

  private ConfigurationFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    var _ = INPUT.of(bytes);
    switch (ConfigurationReader.read(INPUT.folder())) {
      case Reading.Valid(Configuration valid) -> {
        var _ = valid.primary();
        var _ = ConfigurationText.of(valid);
      }
      case Reading.Faulty(var faults) -> {
        if (faults.isEmpty()) {
          throw new AssertionError("faulty without a fault");
        }
      }
      case Reading.Absent _ -> throw new AssertionError("it is there");
    }
  }
}
