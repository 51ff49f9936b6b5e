package hostperf.agent;

/// Something an agent can call: what it is called and takes, and what it does.
///
/// `call` translates and no more: it loads the run, asks the domain, returns an `Outcome`. What the
/// caller can put right is thrown as a `Refusal`.
///
/// @param <I> the input record, which is both the schema and the parsed arguments
public interface Tool<I extends Record> {
  Declaration<I> declaration();

  Outcome call(I input, Caller caller);
}
