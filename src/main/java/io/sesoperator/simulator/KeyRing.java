package io.sesoperator.simulator;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which API keys exist now, and which actions CAM (access management) denies to all of them. */
public final class KeyRing {

  private static final String DENIED = "AuthFailure.UnauthorizedOperation";

  private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();
  private final Set<String> disabled = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> ends = new ConcurrentHashMap<>();
  private final Map<String, String> denials = new ConcurrentHashMap<>();

  KeyRing(Collection<AccessKey> keys) {
    keys.forEach(this::put);
  }

  /** Adds a key, or replaces the one with the same id (another secret, another token). */
  public void put(AccessKey key) {
    keys.put(key.secretId(), key);
    disabled.remove(key.secretId());
    ends.remove(key.secretId());
  }

  /** From now on the server answers as if the key did not exist. */
  public void disable(String secretId) {
    disabled.add(secretId);
  }

  /** Takes {@link #disable} back. */
  public void enable(String secretId) {
    disabled.remove(secretId);
  }

  /** CAM refuses this action until {@link #allow}. */
  public void deny(String action) {
    deny(action, DENIED);
  }

  /** CAM refuses this action with another code, such as {@code UnauthorizedOperation.CamNoAuth}. */
  public void deny(String action, String code) {
    denials.put(action, code);
  }

  /** Takes {@link #deny} back. */
  public void allow(String action) {
    denials.remove(action);
  }

  /** The ids of the keys that work. */
  public List<String> ids() {
    return keys.keySet().stream().filter(id -> !disabled.contains(id)).sorted().toList();
  }

  /** Adds a temporary key, whose token is refused from {@code end} on. */
  void lend(AccessKey key, Instant end) {
    put(key);
    ends.put(key.secretId(), end);
  }

  /** No key that was lent is valid longer than this. */
  void endLentKeys(Instant latest) {
    ends.replaceAll((_, end) -> end.isBefore(latest) ? end : latest);
  }

  boolean hasEnded(String secretId, Instant now) {
    return Optional.ofNullable(ends.get(secretId)).stream().anyMatch(end -> !now.isBefore(end));
  }

  Optional<AccessKey> find(String secretId) {
    return Optional.ofNullable(keys.get(secretId)).filter(_ -> !disabled.contains(secretId));
  }

  /** The code that CAM refuses the action with. */
  Optional<String> denialOf(String action) {
    return Optional.ofNullable(denials.get(action));
  }
}
