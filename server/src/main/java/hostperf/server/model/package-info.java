/// Language models: one question, one answer, with retries, a budget and a transcript. Start at
/// `Chat` and `Talk`; `ModelDrafter` writes patches with it. This is the only package that knows
/// langchain4j and its Jackson 2. It must not know runs or what an answer is used for.
@NullMarked
package hostperf.server.model;

import org.jspecify.annotations.NullMarked;
