package io.sesoperator.simulator;

import java.time.Duration;

/**
 * How the server decides where its documentation names a number or leaves the answer open.
 *
 * @param requestsPerSecond for each account and action; documented as 20
 *     (https://www.tencentcloud.com/document/product/1084/39387)
 * @param window how that second is counted
 * @param passwordRule which reading of the password rule holds
 * @param senderCheckedFirst whether an unknown sender is named before a bad password
 * @param unsignedPayloadAllowed whether {@code X-TC-Content-SHA256: UNSIGNED-PAYLOAD} is honoured
 * @param addressCaseIgnored whether addresses that differ in case are the same
 * @param propagation how long after a change the old password still logs in, and the new one
 *     doesn't; observed at the real service: 45 to 135 seconds
 */
public record ServerRules(
    int requestsPerSecond,
    Window window,
    PasswordReading passwordRule,
    boolean senderCheckedFirst,
    boolean unsignedPayloadAllowed,
    boolean addressCaseIgnored,
    Duration propagation) {

  /** How requests per second are counted. */
  public enum Window {
    /** Those of the last 1000 ms. */
    SLIDING,
    /** Those since the clock's last full second. */
    FIXED
  }

  /** Readings of "at least 2 unique digits, lowercase letters, and uppercase letters". */
  public enum PasswordReading {
    /** Two different characters of each class. */
    TWO_OF_EACH,
    /** Two different digits, and at least one letter of each case. */
    TWO_DIGITS
  }

  /** What is documented, and the stricter guess elsewhere. */
  public static ServerRules standard() {
    return new ServerRules(
        20, Window.SLIDING, PasswordReading.TWO_OF_EACH, true, false, false, Duration.ZERO);
  }

  /** A copy with this quota. */
  public ServerRules withRequestsPerSecond(int limit) {
    return new ServerRules(
        limit,
        window,
        passwordRule,
        senderCheckedFirst,
        unsignedPayloadAllowed,
        addressCaseIgnored,
        propagation);
  }

  /** A copy that counts by this window. */
  public ServerRules withWindow(Window newWindow) {
    return new ServerRules(
        requestsPerSecond,
        newWindow,
        passwordRule,
        senderCheckedFirst,
        unsignedPayloadAllowed,
        addressCaseIgnored,
        propagation);
  }

  /** A copy with this reading of the password rule. */
  public ServerRules withPasswordRule(PasswordReading reading) {
    return new ServerRules(
        requestsPerSecond,
        window,
        reading,
        senderCheckedFirst,
        unsignedPayloadAllowed,
        addressCaseIgnored,
        propagation);
  }

  /** A copy that names a bad password before an unknown sender. */
  public ServerRules withPasswordCheckedFirst() {
    return new ServerRules(
        requestsPerSecond,
        window,
        passwordRule,
        false,
        unsignedPayloadAllowed,
        addressCaseIgnored,
        propagation);
  }

  /** A copy that honours {@code UNSIGNED-PAYLOAD}. */
  public ServerRules withUnsignedPayloadAllowed() {
    return new ServerRules(
        requestsPerSecond,
        window,
        passwordRule,
        senderCheckedFirst,
        true,
        addressCaseIgnored,
        propagation);
  }

  /** A copy to which addresses that differ in case are the same. */
  public ServerRules withAddressCaseIgnored() {
    return new ServerRules(
        requestsPerSecond,
        window,
        passwordRule,
        senderCheckedFirst,
        unsignedPayloadAllowed,
        true,
        propagation);
  }

  /** A copy in which a change takes this long to reach SMTP. */
  public ServerRules withPropagation(Duration delay) {
    return new ServerRules(
        requestsPerSecond,
        window,
        passwordRule,
        senderCheckedFirst,
        unsignedPayloadAllowed,
        addressCaseIgnored,
        delay);
  }
}
