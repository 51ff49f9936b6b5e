package hostperf.server.cli;

import hostperf.configuration.Configuration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `ask`, `zero-risk` or `never`, as hostperf.yaml spells them.
final class ApprovalMode implements ITypeConverter<Configuration.Mode> {
  @Override
  public Configuration.Mode convert(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "ask" -> Configuration.Mode.ASK;
      case "zero-risk" -> Configuration.Mode.ZERO_RISK;
      case "never" -> Configuration.Mode.NEVER;
      default ->
          throw new TypeConversionException(
              "'%s' is not one of ask, zero-risk, never".formatted(value));
    };
  }
}
