package io.sesoperator.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Secret among the files, or what becomes one in the cluster: its entries without their values.
 *
 * @param kind of what declares it
 * @param entries what is known of them, by name
 * @param complete whether there can be no other entries
 */
record DeclaredSecret(
    Place place, String kind, String fullName, Map<String, Entry> entries, boolean complete) {

  /** What is known of one entry. */
  sealed interface Entry {

    /** Where it is written. */
    Place place();

    /**
     * One whose value was read, and dropped.
     *
     * @param newline whether it ends in one
     * @param broken the other rules that it breaks
     */
    record Plain(Place place, boolean newline, List<String> broken) implements Entry {}

    /** One whose value only the cluster learns. */
    record Sealed(Place place) implements Entry {}

    /**
     * One that the API server would refuse.
     *
     * @param reason what is wrong with it, and what to do
     */
    record Unusable(Place place, String reason) implements Entry {}
  }

  Optional<Entry> entry(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** Whether it is sure to have no entry of that name. */
  boolean lacks(String key) {
    return complete && !entries.containsKey(key);
  }

  @Override
  public String toString() {
    return "DeclaredSecret[" + place + "]";
  }
}
