package hostperf.server.model;

import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import hostperf.configuration.ModelSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Opens the model that settings name.
public final class Models {
  private Models() {}

  /// @param environment where the key is
  /// @throws hostperf.Refusal where the key's variable is not set
  public static Chat open(ModelSettings settings, Map<String, String> environment) {
    return open(settings, environment, Retries.FIRST);
  }

  /// @param pause before the second try
  static Chat open(ModelSettings settings, Map<String, String> environment, Duration pause) {
    var key = settings.key(environment);
    var model =
        switch (settings.provider()) {
          case OPENAI -> openAi(settings, key);
          case ANTHROPIC -> anthropic(settings, key);
        };
    var retries = new Retries(pause, Retries.MOST, new Redaction(key)::clean);
    return new LangChat(model, settings.sampling().timeout(), retries);
  }

  private static StreamingChatModel openAi(ModelSettings settings, Optional<String> key) {
    var builder =
        OpenAiStreamingChatModel.builder()
            .modelName(settings.name())
            // The client wants some key; endpoints without keys ignore it.
            .apiKey(key.orElse("none"))
            .maxTokens(settings.sampling().maxTokens())
            .timeout(settings.sampling().timeout())
            .logRequests(false)
            .logResponses(false);
    settings.baseUrl().ifPresent(builder::baseUrl);
    settings.sampling().temperature().ifPresent(builder::temperature);
    return builder.build();
  }

  private static StreamingChatModel anthropic(ModelSettings settings, Optional<String> key) {
    var builder =
        AnthropicStreamingChatModel.builder()
            .modelName(settings.name())
            .apiKey(key.orElse("none"))
            .maxTokens(settings.sampling().maxTokens())
            .timeout(settings.sampling().timeout())
            .logRequests(false)
            .logResponses(false);
    settings.baseUrl().ifPresent(builder::baseUrl);
    settings.sampling().temperature().ifPresent(builder::temperature);
    return builder.build();
  }
}
