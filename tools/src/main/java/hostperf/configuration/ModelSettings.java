package hostperf.configuration;

import hostperf.Refusal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which language model may draft patches and choose among options, and how much of it.
///
/// A key is never part of this: only the name of the environment variable that holds one.
///
/// @param name as the endpoint knows it
/// @param baseUrl the provider's own where absent
/// @param apiKeyEnv absent for endpoints without keys
public record ModelSettings(
    Provider provider,
    String name,
    Optional<String> baseUrl,
    Optional<String> apiKeyEnv,
    Sampling sampling,
    Budget budget) {

  /// An endpoint's address. A user name in it would be a secret in a place that is shown.
  static final Pattern ADDRESS = Pattern.compile("https?://[^\\s@]+");

  /// Whose wire format is spoken.
  public enum Provider {
    /// OpenAI's chat completions: also trtllm-serve, vLLM, Ollama and most gateways.
    OPENAI,
    /// Anthropic's messages.
    ANTHROPIC;

    /// The variable that the provider's own tools read.
    String usualKey() {
      return name() + "_API_KEY";
    }
  }

  /// @param maxTokens of one answer
  /// @param timeout of one request
  public record Sampling(Optional<Double> temperature, int maxTokens, Duration timeout) {
    static final Sampling STANDARD = new Sampling(Optional.empty(), 8_192, Duration.ofMinutes(3));
  }

  /// What one run may use.
  ///
  /// @param tokens in and out together
  /// @param cost in the currency of the prices; needs them
  /// @param inputPrice of a million tokens
  public record Budget(int tokens, Optional<Double> cost, double inputPrice, double outputPrice) {
    /// About forty drafts with their repairs: a function, its pattern page and an answer are some
    /// 5,000 tokens on the sample engine.
    static final Budget STANDARD = new Budget(400_000, Optional.empty(), 0, 0);

    /// What so many tokens cost.
    public double priceOf(long input, long output) {
      return (input * inputPrice + output * outputPrice) / 1e6;
    }
  }

  /// From a flag such as `openai:qwen3-coder`, over what the file says.
  ///
  /// @param file the settings of `hostperf.yaml`, whose limits stay
  public static ModelSettings ofFlag(
      String flag,
      Optional<String> baseUrl,
      Optional<String> keyEnv,
      Optional<ModelSettings> file) {
    var parts = flag.split(":", 2);
    var provider =
        parts.length == 2 && !parts[1].isBlank() ? provider(parts[0]) : Optional.<Provider>empty();
    if (provider.isEmpty()) {
      throw new Refusal(
          "The model '%s' is not of the form PROVIDER:NAME.".formatted(flag),
          "Name it as openai:NAME (any OpenAI-compatible endpoint, with --base-url) or"
              + " anthropic:NAME.");
    }
    if (baseUrl.filter(u -> !ADDRESS.matcher(u).matches()).isPresent()) {
      // Not quoted: what is wrong with it may be a password.
      throw new Refusal(
          "The --base-url is not an http or https address, or has a user name in it.",
          "Name it as https://HOST/v1; a key comes from the variable that --api-key-env names.");
    }
    return new ModelSettings(
        provider.get(),
        parts[1],
        baseUrl,
        keyEnv.or(() -> usualKey(provider.get(), baseUrl)),
        file.map(ModelSettings::sampling).orElse(Sampling.STANDARD),
        file.map(ModelSettings::budget).orElse(Budget.STANDARD));
  }

  private static Optional<Provider> provider(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "openai" -> Optional.of(Provider.OPENAI);
      case "anthropic" -> Optional.of(Provider.ANTHROPIC);
      default -> Optional.empty();
    };
  }

  /// An endpoint of one's own may want no key; the provider's always does.
  static Optional<String> usualKey(Provider provider, Optional<String> baseUrl) {
    return baseUrl.isPresent() ? Optional.empty() : Optional.of(provider.usualKey());
  }

  /// The key, from the environment given.
  ///
  /// @throws Refusal naming the variable where it is not set
  public Optional<String> key(Map<String, String> environment) {
    return apiKeyEnv.map(
        variable ->
            Optional.ofNullable(environment.get(variable))
                .filter(k -> !k.isBlank())
                .orElseThrow(
                    () ->
                        new Refusal(
                            "The environment variable %s, which holds the model's key, is not set."
                                .formatted(variable),
                            "Set it for the process that starts hostperf; a key is read from"
                                + " nowhere else.")));
  }

  /// For a person: provider, name, endpoint and the key's variable.
  public String words() {
    return "%s %s at %s, %s"
        .formatted(
            provider.name().toLowerCase(Locale.ROOT),
            name,
            baseUrl.orElse("the provider's own address"),
            apiKeyEnv.map(v -> "key from " + v).orElse("no key"));
  }
}
