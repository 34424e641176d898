package io.sesoperator.simulator;

import java.time.Clock;
import java.util.List;

/**
 * How a simulator starts.
 *
 * @param port 0 for any free one
 * @param region where the first senders live; with it, the other regions of the same site are
 *     served ({@code ap-singapore}: international; {@code ap-guangzhou}, {@code ap-hongkong}:
 *     mainland)
 * @param keys the API keys that exist at first
 * @param senders the addresses of the home account that exist at first, without a password
 * @param clock the server's clock
 * @param rules how the server decides where its documentation leaves that open
 * @param smtp where and how logins are served
 */
public record SimulatorOptions(
    int port,
    String region,
    List<AccessKey> keys,
    List<String> senders,
    Clock clock,
    ServerRules rules,
    SmtpOptions smtp) {

  /** A key that everybody knows: no secret, only a convenience. */
  public static final AccessKey DEMO_KEY =
      AccessKey.of("AKIDsimulatorDemoKey", "not-a-secret-simulator-demo-key");

  private static final List<String> MAINLAND = List.of("ap-guangzhou", "ap-hongkong");

  /** Copies the lists. */
  public SimulatorOptions {
    keys = List.copyOf(keys);
    senders = List.copyOf(senders);
  }

  /** Any free ports, {@code ap-singapore}, the demo key, no senders, the system's clock. */
  public static SimulatorOptions standard() {
    return new SimulatorOptions(
        0,
        "ap-singapore",
        List.of(DEMO_KEY),
        List.of(),
        Clock.systemUTC(),
        ServerRules.standard(),
        SmtpOptions.standard());
  }

  /** A copy that listens on this port. */
  public SimulatorOptions withPort(int newPort) {
    return new SimulatorOptions(newPort, region, keys, senders, clock, rules, smtp);
  }

  /** A copy with this home region. */
  public SimulatorOptions withRegion(String newRegion) {
    return new SimulatorOptions(port, newRegion, keys, senders, clock, rules, smtp);
  }

  /** A copy with these keys instead. */
  public SimulatorOptions withKeys(AccessKey... newKeys) {
    return new SimulatorOptions(port, region, List.of(newKeys), senders, clock, rules, smtp);
  }

  /** A copy with these first senders instead. */
  public SimulatorOptions withSenders(String... newSenders) {
    return new SimulatorOptions(port, region, keys, List.of(newSenders), clock, rules, smtp);
  }

  /** A copy whose server lives by this clock. */
  public SimulatorOptions withClock(Clock newClock) {
    return new SimulatorOptions(port, region, keys, senders, newClock, rules, smtp);
  }

  /** A copy that decides by these rules. */
  public SimulatorOptions withRules(ServerRules newRules) {
    return new SimulatorOptions(port, region, keys, senders, clock, newRules, smtp);
  }

  /** A copy that serves SMTP like this. */
  public SimulatorOptions withSmtp(SmtpOptions newSmtp) {
    return new SimulatorOptions(port, region, keys, senders, clock, rules, newSmtp);
  }

  /** The regions that are served. */
  List<String> servedRegions() {
    return MAINLAND.contains(region) ? MAINLAND : List.of(region);
  }
}
