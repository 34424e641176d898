package io.sesoperator.plan;

import io.sesoperator.api.SesAccountSpec;
import io.sesoperator.api.SesAccountSpec.Consumer;
import io.sesoperator.api.SesAccountSpec.Requirement;
import io.sesoperator.api.SesAccountSpec.Selector;
import java.util.List;
import java.util.Map;

/**
 * Who may manage which address: the account's {@code allowedConsumers}. Nobody, unless an entry
 * says so.
 */
public final class Admission {

  private Admission() {}

  /** Whether {@code account} lets this namespace manage {@code address}. */
  public static boolean admits(
      SesAccountSpec account, String namespace, Map<String, String> labels, String address) {
    return account.allowedConsumers().stream()
        .anyMatch(consumer -> includes(consumer, namespace, labels) && covers(consumer, address));
  }

  /** Whether {@code account} may come to be used by more than one namespace. */
  public static boolean isShared(SesAccountSpec account) {
    return account.allowedConsumers().stream()
            .anyMatch(consumer -> consumer.namespaceSelector().isPresent())
        || account.allowedConsumers().stream()
                .flatMap(consumer -> consumer.namespaces().stream())
                .distinct()
                .count()
            > 1;
  }

  private static boolean includes(Consumer consumer, String namespace, Map<String, String> labels) {
    return consumer.namespaces().contains(namespace)
        || consumer.namespaceSelector().stream().anyMatch(selector -> selects(selector, labels));
  }

  private static boolean covers(Consumer consumer, String address) {
    return consumer.addresses().stream().anyMatch(glob -> matches(glob, address));
  }

  private static boolean selects(Selector selector, Map<String, String> labels) {
    return labels.entrySet().containsAll(selector.matchLabels().entrySet())
        && selector.matchExpressions().stream().allMatch(requirement -> meets(requirement, labels));
  }

  // An operator that this version does not know admits nobody.
  private static boolean meets(Requirement requirement, Map<String, String> labels) {
    boolean present = labels.containsKey(requirement.key());
    boolean listed = present && requirement.values().contains(labels.get(requirement.key()));
    return switch (requirement.operator()) {
      case "In" -> listed;
      case "NotIn" -> !listed;
      case "Exists" -> present;
      case "DoesNotExist" -> !present;
      default -> false;
    };
  }

  /**
   * {@code *} stands for any characters; all others for themselves, in the same case, as SES
   * compares addresses. Taking the first place where each part fits needs no backtracking, which a
   * regular expression with many stars would.
   */
  private static boolean matches(String glob, String address) {
    List<String> parts = List.of(glob.split("\\*", -1));
    if (parts.size() == 1) {
      return glob.equals(address);
    }
    String first = parts.getFirst();
    String last = parts.getLast();
    if (!address.startsWith(first) || !address.endsWith(last)) {
      return false;
    }
    int end = address.length() - last.length();
    int from = first.length();
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = address.indexOf(part, from);
      if (found < 0) {
        return false;
      }
      from = found + part.length();
    }
    return from <= end;
  }
}
