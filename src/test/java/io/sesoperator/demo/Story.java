package io.sesoperator.demo;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sesoperator.api.Reason;
import io.sesoperator.simulator.CallLog.Call;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;

/** The life of a password, scene by scene. */
final class Story {

  private final Stage stage;
  private final Screen screen;
  private final Witness witness;
  private final NewPassword newPassword = new NewPassword(new SecureRandom());
  private final Sender noreply;
  private final Sights atNoreply;
  private final Sender billing;
  private final Sights atBilling;

  Story(Stage stage, Screen screen, Witness witness) {
    this.stage = stage;
    this.screen = screen;
    this.witness = witness;
    this.noreply = Sender.ofTheQuickstart(stage);
    this.atNoreply = new Sights(noreply);
    this.billing = noreply.sibling("billing");
    this.atBilling = new Sights(billing);
  }

  /**
   * Lets it happen.
   *
   * @throws StepNotSeen at the first step that is not seen
   */
  void tell() {
    applyTheQuickstart();
    rotateThePassword();
    labelTheSecret();
    breakTheRule();
    keepTheRule();
    loseSesAndThenAReply();
    restartTheOperator();
    takeStock();
  }

  private void applyTheQuickstart() {
    screen.does("kubectl apply -f examples/quickstart/");
    stage.applyQuickstart();
    witness.see("noreply: one call, accepted", atNoreply.pushedTimes(1));
    witness.see("noreply: Ready=True", atNoreply.ready(1));
  }

  private void rotateThePassword() {
    String former = noreply.password();
    screen.does("Secret smtp gets a new password");
    noreply.writePassword(newPassword.valid());
    witness.see("noreply: one call, accepted", atNoreply.pushedTimes(2));
    witness.see("noreply: Ready=True", atNoreply.ready(2));
    witness.see("noreply: one password at SES", atNoreply.holdsInsteadOf(former));
  }

  /* One cannot wait for nothing. Instead something happens later: the Secret of another sender is
   * behind the label in the operator's watch, so when its password is at SES, the operator has been
   * told of the label. What that may have caused, seeIdle sees. */
  private void labelTheSecret() {
    Sender.Mark before = noreply.mark();
    screen.does("Secret smtp gets a label; after that, another sender is created");
    noreply.labelSecret();
    billing.create(newPassword.valid());
    witness.see("billing: one call, accepted", atBilling.pushedTimes(1));
    witness.see("billing: Ready=True", atBilling.ready(1));
    seeIdle("noreply: nothing for a label", noreply, before);
  }

  private void breakTheRule() {
    String former = noreply.password();
    screen.does("Secret smtp gets a password without digits");
    noreply.writePassword(newPassword.withoutDigits());
    witness.see("noreply: Stalled=True", atNoreply.stalled(Reason.INVALID_PASSWORD));
    witness.see("noreply: the Secret's owner must act", atNoreply.waitsForTheTenant(2, former));
  }

  private void keepTheRule() {
    screen.does("Secret smtp gets a good password");
    noreply.writePassword(newPassword.valid());
    witness.see("noreply: one call, accepted", atNoreply.pushedTimes(3));
    witness.see("noreply: Ready=True, not Stalled", atNoreply.ready(3));
  }

  private void loseSesAndThenAReply() {
    String former = billing.password();
    screen.does("SES goes down; Secret smtp-billing gets a new password");
    stage.ses().faults().down();
    billing.writePassword(newPassword.valid());
    witness.see("billing: Ready=False, retrying", atBilling.retrying(Reason.SES_UNAVAILABLE));

    screen.does("SES comes back, but its reply to the next call is lost");
    stage.ses().faults().loseReply();
    stage.ses().faults().up();
    witness.see("billing: changed, but no reply", atBilling.replyLost(2));
    witness.see("billing: sent again, is there already", atBilling.repeated());
    witness.see("billing: Ready=True", atBilling.ready(2));
    witness.see("billing: one password at SES", atBilling.holdsInsteadOf(former));
  }

  private void restartTheOperator() {
    Sender.Mark noreplyBefore = noreply.mark();
    Sender.Mark billingBefore = billing.mark();
    screen.does("The operator is stopped, and another one started");
    stage.restartOperator();
    seeIdle("noreply: nothing for a restart", noreply, noreplyBefore);
    seeIdle("billing: nothing for a restart", billing, billingBefore);
  }

  private void takeStock() {
    screen.does("What SES holds now");
    witness.see("the password of Secret smtp", atNoreply.holdsItsSecret(3));
    witness.see("the password of Secret smtp-billing", atBilling.holdsItsSecret(2));
    screen.says("");
    screen.says(summary(stage.ses().calls().all()));
  }

  private String summary(List<Call> calls) {
    List<Call> pushes =
        calls.stream().filter(call -> call.action().equals("UpdateEmailSmtpPassWord")).toList();
    return String.format(
        Locale.ROOT,
        "All %d steps were seen, in %.1f s. SES got %d calls: %d to set a password, of which %d"
            + " changed one, and %d to list the senders.",
        screen.steps(),
        screen.elapsed().toMillis() / 1000.0,
        calls.size(),
        pushes.size(),
        pushes.stream().filter(Call::applied).count(),
        calls.stream().filter(call -> call.action().equals("ListEmailAddress")).count());
  }

  /* A change of spec, refused if anybody wrote the resource since `before`, has the operator look
   * at it once more. Passes of one resource come one after the other: when it has looked, all that
   * it was told of earlier is done with. */
  private void seeIdle(String what, Sender sender, Sender.Mark before) {
    try {
      sender.lookAgain(before);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HTTP_CONFLICT) {
        throw e;
      }
      throw new StepNotSeen(what, "the operator wrote the status of " + sender.name());
    }
    witness.see(what, new Sights(sender).idleSince(before));
  }
}
