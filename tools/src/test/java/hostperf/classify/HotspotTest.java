package hostperf.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.classify.Hotspot.Decision;
import hostperf.classify.facts.HotspotType;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HotspotTest {
  private static final Hotspot CARRIED =
      Marked.of(
              """
              class Engine:
                  def step(self, rows):
                      for row in rows:
                          row.end = self.bound(self.state)  # hot
                          self.state = row.next
              """)
          .first();

  private static final Hotspot WAIT =
      Marked.of(
              """
              def step(self):
                  self.copy_done.synchronize()  # hot
              """)
          .first();

  private static AgentWord word(HotspotType type, String because) {
    return new AgentWord(type, Optional.of(because).filter(b -> !b.isEmpty()));
  }

  @Test
  void anAgentsWordIsTakenWhereNoFactContradicts() {
    var named = word(HotspotType.DEAD_WORK, "only traced requests read it").on(CARRIED);
    assertThat(named.type()).contains(HotspotType.DEAD_WORK);
    assertThat(named.judgement().decision().map(Decision::by)).contains(Decision.By.AGENT);
    assertThat(named.reasons()).containsExactly("only traced requests read it");
  }

  @Test
  void anAgentsWordIsRefusedWithTheFactThatContradictsIt() {
    assertThatThrownBy(() -> word(HotspotType.HOIST, "it looks constant").on(CARRIED))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Line 5 writes `self.state` in the same loop");
  }

  @Test
  void anIntentionalWaitIsOverruledWithAReasonOnly() {
    assertThatThrownBy(() -> word(HotspotType.SYNC, "").on(WAIT))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("not a target");
    assertThat(word(HotspotType.SYNC, "nothing reads what was copied").on(WAIT).type())
        .contains(HotspotType.SYNC);
  }

  private static AgentClaim reason(String because) {
    return new AgentClaim(Optional.empty(), Optional.of(because));
  }

  @Test
  void aReasonAloneIsForTheTypeThatFactsSettle() {
    assertThat(WAIT.type()).contains(HotspotType.SYNC);
    assertThat(reason("nothing reads it").about(Optional.of(WAIT)))
        .contains(word(HotspotType.SYNC, "nothing reads it"));
    assertThat(AgentClaim.NONE.about(Optional.of(WAIT))).isEmpty();
  }

  @Test
  void aReasonAloneIsRefusedWithWhatToAddWhereFactsSettleNoType() {
    assertThatThrownBy(() -> reason("it repeats").about(Optional.of(CARRIED)))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.why())
                  .isEqualTo(
                      "`because` is given without `type`, and facts leave the type of h1 open.");
              assertThat(r.next())
                  .startsWith("Give `type` as well; facts permit ")
                  .contains(" and ");
            });
    assertThatThrownBy(() -> reason("it repeats").about(Optional.empty()))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> assertThat(r.next()).startsWith("Give `hotspot_id` and `type` as well, or put"));
  }

  @Test
  void whereFactsSettleNothingTheTypesAreAQuestion() {
    assertThat(CARRIED.type()).isEmpty();
    assertThat(CARRIED.typeWords()).isEqualTo("type open");
    var asked =
        Marked.of("import torch\ndef f(n):\n    x = torch.zeros(n)  # hot\n    return x\n").first();
    assertThat(asked.type()).isEmpty();
    assertThat(asked.typeWords()).endsWith("?");
    assertThat(asked.judgement().question()).isPresent();
  }
}
