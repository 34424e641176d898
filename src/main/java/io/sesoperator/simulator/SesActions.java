package io.sesoperator.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sesoperator.simulator.Parameters.Field;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** The actions of SES that are simulated. */
final class SesActions {

  static final String VERSION = "2020-10-02";
  static final String UPDATE = "UpdateEmailSmtpPassWord";
  static final String LIST = "ListEmailAddress";
  static final String CREATE = "CreateEmailAddress";
  static final String DELETE = "DeleteEmailAddress";
  static final Set<String> NAMES = Set.of(UPDATE, LIST, CREATE, DELETE);

  private static final Field ADDRESS = new Field("EmailAddress", true, 128);

  private final ServerRules rules;

  SesActions(ServerRules rules) {
    this.rules = rules;
  }

  /** Carries out one of {@link #NAMES}. What the answer holds besides its RequestId. */
  ObjectNode run(String action, WireRequest request, SenderBook senders) throws Refusal {
    return switch (action) {
      case UPDATE -> update(request, senders);
      case LIST -> list(request, senders);
      case CREATE -> create(request, senders);
      case DELETE -> delete(request, senders);
      default -> throw Refusal.action();
    };
  }

  private ObjectNode update(WireRequest request, SenderBook senders) throws Refusal {
    Parameters parameters =
        Parameters.read(request, List.of(new Field("Password", true, 64), ADDRESS));
    String address = parameters.text("EmailAddress");
    String password = parameters.text("Password");
    if (rules.senderCheckedFirst()) {
      requireSender(senders, address);
    }
    if (!isAllowed(password)) {
      throw Refusal.weakPassword();
    }
    requireSender(senders, address);
    if (senders.holds(address, password)) {
      throw Refusal.repeatedPassword();
    }
    senders.set(address, password);
    return nothing();
  }

  private static ObjectNode list(WireRequest request, SenderBook senders) throws Refusal {
    Parameters.read(request, List.of());
    ObjectNode response = nothing();
    ArrayNode list = response.putArray("EmailSenders");
    for (SenderBook.Sender sender : senders.all()) {
      list.addObject()
          .put("EmailAddress", sender.address())
          .put("EmailSenderName", sender.alias())
          .put("CreatedTimestamp", sender.createdTimestamp())
          .put("SmtpPwdType", sender.smtpPwdType());
    }
    return response;
  }

  private static ObjectNode create(WireRequest request, SenderBook senders) throws Refusal {
    Parameters parameters =
        Parameters.read(request, List.of(ADDRESS, new Field("EmailSenderName", false, 128)));
    String address = parameters.text("EmailAddress");
    if (!address.matches("[^@\\s]+@[^@\\s]+")) {
      throw Refusal.illegalAddress();
    }
    if (!senders.add(address, parameters.text("EmailSenderName"))) {
      throw Refusal.repeatedAddress();
    }
    return nothing();
  }

  private static ObjectNode delete(WireRequest request, SenderBook senders) throws Refusal {
    Parameters parameters = Parameters.read(request, List.of(ADDRESS));
    if (!senders.delete(parameters.text("EmailAddress"))) {
      throw Refusal.noSuchSender();
    }
    return nothing();
  }

  private static void requireSender(SenderBook senders, String address) throws Refusal {
    if (senders.find(address).isEmpty()) {
      throw Refusal.noSuchSender();
    }
  }

  private boolean isAllowed(String password) {
    int letters =
        switch (rules.passwordRule()) {
          case TWO_OF_EACH -> 2;
          case TWO_DIGITS -> 1;
        };
    return password.length() >= 10
        && password.length() <= 20
        && password.chars().allMatch(c -> c > ' ' && c < 0x7f)
        && different(password, c -> c >= '0' && c <= '9') >= 2
        && different(password, c -> c >= 'a' && c <= 'z') >= letters
        && different(password, c -> c >= 'A' && c <= 'Z') >= letters;
  }

  private static long different(String password, IntPredicate kind) {
    return password.chars().filter(kind).distinct().count();
  }

  private static ObjectNode nothing() {
    return JsonNodeFactory.instance.objectNode();
  }
}
