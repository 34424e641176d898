package io.sesoperator.check;

import io.sesoperator.api.SesAccountSpec;
import io.sesoperator.api.SesAccountSpec.Consumer;
import io.sesoperator.api.SesAccountSpec.Selector;
import io.sesoperator.check.Declarations.Account;
import io.sesoperator.check.Declarations.Credential;
import io.sesoperator.plan.Admission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Whether the account that a credential names lets its namespace manage the address. */
final class AccountCheck {

  private static final String[] REFERENCE = {"spec", "accountRef", "name"};
  private static final String[] ADDRESS = {"spec", "emailAddress"};
  private static final Selector ALL = new Selector(Map.of(), List.of());

  private final Declarations declarations;

  AccountCheck(Declarations declarations) {
    this.declarations = declarations;
  }

  List<Finding> check(Credential credential) {
    String name = credential.spec().accountRef().name();
    Optional<Account> account = declarations.account(name);
    if (account.isPresent()) {
      return check(credential, account.get());
    }
    return declarations.hasAccount(name)
        ? List.of()
        : List.of(
            Finding.of(
                credential.place(REFERENCE),
                Rule.ACCOUNT_ELSEWHERE,
                "SesAccount %s is not among the files, so whether it allows %s was not checked"
                    .formatted(name, credential.spec().emailAddress())));
  }

  private List<Finding> check(Credential credential, Account account) {
    Optional<Map<String, String>> labels = declarations.labels(credential.namespace());
    SesAccountSpec spec = account.spec();
    if (labels.isPresent()) {
      return admits(spec, credential, labels.get())
          ? List.of()
          : List.of(notAllowed(credential, account));
    }
    if (admits(with(spec, AccountCheck::sure), credential, Map.of())) {
      return List.of();
    }
    return admits(with(spec, selector -> selector.map(_ -> ALL)), credential, Map.of())
        ? List.of(unknownLabels(credential, account))
        : List.of(notAllowed(credential, account));
  }

  private static boolean admits(
      SesAccountSpec spec, Credential credential, Map<String, String> labels) {
    return Admission.admits(spec, credential.namespace(), labels, credential.spec().emailAddress());
  }

  // Only a selector of all namespaces selects one whose labels are unknown for sure.
  private static Optional<Selector> sure(Optional<Selector> selector) {
    return selector.filter(ALL::equals);
  }

  private static SesAccountSpec with(
      SesAccountSpec spec, UnaryOperator<Optional<Selector>> selector) {
    List<Consumer> consumers =
        spec.allowedConsumers().stream()
            .map(it ->
                new Consumer(
                    it.namespaces(), selector.apply(it.namespaceSelector()), it.addresses()))
            .toList();
    return new SesAccountSpec(
        spec.region(),
        spec.endpoint(),
        spec.smtp(),
        spec.credentials(),
        spec.requestsPerSecond(),
        consumers);
  }

  private static Finding notAllowed(Credential credential, Account account) {
    return Finding.of(
        credential.place(ADDRESS),
        Rule.NOT_ALLOWED,
        "SesAccount %s does not let namespace %s manage %s; the platform team must add both to one entry of allowedConsumers at %s, or change the address"
            .formatted(
                account.manifest().name(),
                credential.namespace(),
                credential.spec().emailAddress(),
                account.manifest().placeOf("spec", "allowedConsumers")));
  }

  private static Finding unknownLabels(Credential credential, Account account) {
    return Finding.of(
        credential.place(ADDRESS),
        Rule.LABELS_ELSEWHERE,
        "SesAccount %s selects namespaces by label, but Namespace %s is not among the files, so whether it allows %s was not checked"
            .formatted(
                account.manifest().name(),
                credential.namespace(),
                credential.spec().emailAddress()));
  }
}
