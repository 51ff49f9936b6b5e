package hostperf.run;

import hostperf.approval.Approval;
import hostperf.approval.ApprovalResult;
import hostperf.approval.Approvals;
import hostperf.approval.Approver;
import hostperf.approval.TrustedConfigurations;
import hostperf.configuration.Configuration;
import hostperf.configuration.ConfigurationText;
import hostperf.job.Checkout;
import java.time.Instant;
import java.util.Optional;

/// A person's yes to a configuration that was not approved in this checkout: a repository's
/// configuration is code.
public final class Trusting {
  private final Checkout checkout;
  private final TrustedConfigurations trusted;

  public Trusting(Checkout checkout, TrustedConfigurations trusted) {
    this.checkout = checkout;
    this.trusted = trusted;
  }

  /// What was asked, and what came of it.
  public record Asked(Approval question, ApprovalResult decision) {}

  public boolean allows(Configuration configuration) {
    return trusted.contains(checkout.root(), configuration.source().sha256());
  }

  /// Where answers to these questions are stored.
  public Approvals approvals() {
    return checkout.approvals(Optional.empty());
  }

  /// The open question about this configuration.
  public Approval question(Configuration configuration) {
    var _ = checkout.runs().home();
    return approvals()
        .question(
            Optional.empty(),
            Approval.Kind.CONFIGURATION,
            configuration.source().sha256(),
            ConfigurationText.of(configuration));
  }

  /// Asks, and remembers a yes.
  ///
  /// @param until when to stop waiting for a person
  public Asked ask(Configuration configuration, Approver approver, Instant until) {
    var question = question(configuration);
    var decision = checkout.consent(approvals()).obtain(question, approver, until);
    if (decision instanceof ApprovalResult.Approved) {
      trusted.add(checkout.root(), configuration.source().sha256());
      var _ = approvals().use(question.id());
    }
    return new Asked(question, decision);
  }
}
