package hostperf.tool;

/// What whoever offers the tools lets them do to the checkout.
public enum Access {
  /// Everything, which begins with putting right what a dead process left half done.
  FULL,
  /// Nothing that changes code or launches something; what was left half done stays so and is only
  /// told.
  READ_ONLY
}
