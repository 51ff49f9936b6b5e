package hostperf.server.model;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A model behind langchain4j, read as a stream, so that a long answer is no time-out.
final class LangChat implements Chat {
  /// Characters of a token where an endpoint does not count: English prose and code have 3 to 4.
  private static final int TOKEN = 3;

  private final StreamingChatModel model;
  private final Duration limit;
  private final Retries retries;

  /// @param limit for one whole answer
  LangChat(StreamingChatModel model, Duration limit, Retries retries) {
    this.model = model;
    this.limit = limit;
    this.retries = retries;
  }

  @Override
  public ModelReply ask(List<Turn> turns, List<Tooling> tools) {
    var request =
        ChatRequest.builder()
            .messages(turns.stream().map(LangChat::message).toList())
            .toolSpecifications(tools.stream().map(LangChat::specification).toList())
            .build();
    return switch (retries.call(() -> once(request))) {
      case Retries.Got<ChatResponse>(ChatResponse response) -> answered(turns, response);
      case Retries.GaveUp<ChatResponse>(String why) -> new ModelReply.Failed(why);
    };
  }

  private ChatResponse once(ChatRequest request) throws Throwable {
    var whole = new CompletableFuture<ChatResponse>();
    model.chat(request, new Collecting(whole));
    try {
      return whole.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw Optional.ofNullable(e.getCause()).orElse(e);
    } catch (TimeoutException e) {
      throw new dev.langchain4j.exception.TimeoutException(
          "no whole answer within %d s".formatted(limit.toSeconds()), e);
    }
  }

  private ModelReply answered(List<Turn> turns, ChatResponse response) {
    var message = response.aiMessage();
    var text = clean(message.text());
    var wishes =
        Optional.ofNullable(message.toolExecutionRequests()).orElse(List.of()).stream()
            .map(this::wish)
            .toList();
    var usage = Optional.ofNullable(response.tokenUsage());
    var said = new Turn.Said(text, wishes);
    return new ModelReply.Answered(
        said,
        usage.flatMap(u -> Optional.ofNullable(u.inputTokenCount())).orElse(estimate(turns)),
        usage
            .flatMap(u -> Optional.ofNullable(u.outputTokenCount()))
            .orElse(estimate(List.of(said))));
  }

  private static int estimate(List<Turn> turns) {
    return turns.stream().mapToInt(t -> t.toString().length()).sum() / TOKEN;
  }

  private Turn.Wish wish(ToolExecutionRequest r) {
    return new Turn.Wish(clean(r.id()), clean(r.name()), clean(r.arguments()));
  }

  /// An endpoint can say anything, even the key it was sent.
  private String clean(@Nullable String text) {
    return text == null ? "" : retries.words().clean(text);
  }

  private static ChatMessage message(Turn turn) {
    return switch (turn) {
      case Turn.Rules r -> SystemMessage.from(r.text());
      case Turn.Question q -> UserMessage.from(q.text());
      case Turn.Said s -> said(s);
      case Turn.Outcome o ->
          ToolExecutionResultMessage.from(o.wish().id(), o.wish().tool(), o.text());
    };
  }

  private static AiMessage said(Turn.Said said) {
    var requests = said.wishes().stream().map(LangChat::request).toList();
    if (requests.isEmpty()) {
      // Endpoints refuse an empty message in a conversation.
      return AiMessage.from(said.text().isBlank() ? "(nothing)" : said.text());
    }
    return said.text().isBlank() ? AiMessage.from(requests) : AiMessage.from(said.text(), requests);
  }

  private static ToolExecutionRequest request(Turn.Wish wish) {
    return ToolExecutionRequest.builder()
        .id(wish.id())
        .name(wish.tool())
        .arguments(wish.arguments())
        .build();
  }

  private static ToolSpecification specification(Tooling tool) {
    var schema = JsonObjectSchema.builder();
    tool.arguments().forEach(schema::addStringProperty);
    return ToolSpecification.builder()
        .name(tool.name())
        .description(tool.description())
        .parameters(schema.required(List.copyOf(tool.arguments().keySet())).build())
        .build();
  }
}
