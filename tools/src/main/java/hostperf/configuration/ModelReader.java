package hostperf.configuration;

import hostperf.configuration.ModelSettings.Budget;
import hostperf.configuration.ModelSettings.Sampling;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the section `model`.
final class ModelReader {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  private ModelReader() {}

  static Optional<ModelSettings> read(Section root) {
    if (!root.has("model")) {
      return Optional.empty();
    }
    var model = root.section("model");
    var provider =
        model.choice("provider", ModelSettings.Provider.class, ModelSettings.Provider.OPENAI);
    var name = model.required("name", "qwen3-coder");
    var baseUrl = model.text("base_url");
    if (baseUrl.isPresent() && !ModelSettings.ADDRESS.matcher(baseUrl.get()).matches()) {
      // A user name or password in the address would end up in files.
      model.fault("base_url", "must be an http or https address without a user name.");
    }
    var keyEnv = model.text("api_key_env");
    if (keyEnv.isPresent() && !VARIABLE.matcher(keyEnv.get()).matches()) {
      // The value is not repeated: it may be the key itself.
      model.fault(
          "api_key_env",
          "must be the name of an environment variable; the key itself stays there.");
    }
    var sampling =
        new Sampling(
            model.amount("temperature"),
            model.number("max_tokens", Sampling.STANDARD.maxTokens(), 16, 1_000_000),
            model.duration("timeout", Sampling.STANDARD.timeout()));
    var budget = budget(model.section("budget"));
    model.rejectOthers();
    return Optional.of(
        new ModelSettings(
            provider,
            name,
            baseUrl,
            keyEnv.or(() -> ModelSettings.usualKey(provider, baseUrl)),
            sampling,
            budget));
  }

  private static Budget budget(Section section) {
    var read =
        new Budget(
            section.number("tokens", Budget.STANDARD.tokens(), 1, Integer.MAX_VALUE),
            section.amount("cost"),
            section.amount("input_price").orElse(0.0),
            section.amount("output_price").orElse(0.0));
    if (read.cost().isPresent() && read.inputPrice() + read.outputPrice() == 0) {
      section.fault("cost", "needs `input_price` and `output_price`, each of a million tokens.");
    }
    section.rejectOthers();
    return read;
  }
}
