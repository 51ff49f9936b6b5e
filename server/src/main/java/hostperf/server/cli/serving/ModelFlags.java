package hostperf.server.cli.serving;

import hostperf.configuration.ConfigurationReader;
import hostperf.configuration.ModelSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Names a language model on the command line, over the file's.
public final class ModelFlags {
  @Option(
      names = "--model",
      paramLabel = "PROVIDER:NAME",
      description = "Model that drafts and chooses: openai:NAME or anthropic:NAME.")
  private @Nullable String model;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "Endpoint of the model named by --model; the provider's own by default.")
  private @Nullable String baseUrl;

  @Option(
      names = "--api-key-env",
      paramLabel = "NAME",
      description = "Environment variable that holds its key.")
  private @Nullable String keyEnv;

  @Option(names = "--no-model", description = "Uses no model, whatever hostperf.yaml says.")
  private boolean none;

  /// The model to use on a checkout: the flag's, else the file's, else none.
  public Optional<ModelSettings> settings(Path checkout) {
    if (none) {
      return Optional.empty();
    }
    var file =
        ConfigurationReader.read(checkout) instanceof ConfigurationReader.Reading.Valid valid
            ? valid.configuration().model()
            : Optional.<ModelSettings>empty();
    return model == null
        ? file
        : Optional.of(
            ModelSettings.ofFlag(
                model, Optional.ofNullable(baseUrl), Optional.ofNullable(keyEnv), file));
  }

  /// The same flags, to pass on to another hostperf.
  public List<String> arguments() {
    var all = new ArrayList<String>();
    add(all, "--model", model);
    add(all, "--base-url", baseUrl);
    add(all, "--api-key-env", keyEnv);
    if (none) {
      all.add("--no-model");
    }
    return List.copyOf(all);
  }

  private static void add(List<String> all, String flag, @Nullable String value) {
    if (value != null) {
      all.add(flag);
      all.add(value);
    }
  }
}
