package hostperf.server.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;

/// Waits for the end of a stream; langchain4j puts the parts together.
record Collecting(CompletableFuture<ChatResponse> whole) implements StreamingChatResponseHandler {
  @Override
  public void onCompleteResponse(ChatResponse response) {
    var _ = whole.complete(response);
  }

  @Override
  public void onError(Throwable error) {
    var _ = whole.completeExceptionally(error);
  }
}
