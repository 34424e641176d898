package io.sesoperator.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What every API of the cloud checks before it looks at its own parameters, in this order: method
 * and size, common parameters, identity, action, region, quota, permission. That missing common
 * parameters come before authentication was seen; the rest of the order is the documentation's.
 */
final class GatewayChecks {

  private static final String UNSIGNED = "SKIP";
  private static final Duration LONGEST_SKEW = Duration.ofMinutes(5);
  private static final Pattern REGION = Pattern.compile("[a-z]{2}-[a-z]+(-[a-z0-9]+)*");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");
  private static final List<String> COMMON =
      List.of("x-tc-timestamp", "x-tc-action", "x-tc-version", "authorization", "x-tc-region");
  private static final List<String> COMMON_NAMES =
      List.of("Timestamp", "Action", "Version", "Authorization", "Region");

  private final ServerRules rules;
  private final List<String> regions;
  private final KeyRing keys;
  private final ServerClock clock;
  private final RateWindow rate;

  GatewayChecks(SimulatorOptions options, KeyRing keys, ServerClock clock) {
    this.rules = options.rules();
    this.regions = options.servedRegions();
    this.keys = keys;
    this.clock = clock;
    this.rate = new RateWindow(rules);
  }

  /** Whose request it is, once everything that isn't the action's own affair is in order. */
  AccessKey admit(Arrival arrival) throws Refusal {
    WireRequest request = arrival.request();
    transport(request);
    commonParameters(request);
    AccessKey key = identity(request);
    action(arrival.action());
    version(request, SesActions.VERSION);
    region(arrival.region());
    rate.count(key.account() + " " + arrival.action(), clock.trueTime());
    permission(arrival, key);
    return key;
  }

  /** Lets in a request for STS that is not signed, for its body proves who sends it. */
  void admitUnsigned(Arrival arrival) throws Refusal {
    WireRequest request = arrival.request();
    transport(request);
    commonParameters(request);
    timestamp(request.header("x-tc-timestamp").orElse(""));
    if (request.header("authorization").filter(UNSIGNED::equals).isEmpty()) {
      throw Refusal.invalidAuthorization();
    }
    version(request, StsActions.VERSION);
    plausible(arrival.region());
    rate.count("sts " + arrival.action(), clock.trueTime());
  }

  private static void transport(WireRequest request) throws Refusal {
    if (!request.method().equals("POST") && !request.method().equals("GET")) {
      throw Refusal.unsupportedProtocol();
    }
    if (request.bodySize() > HttpPort.LARGEST_BODY) {
      throw Refusal.tooLarge();
    }
  }

  private static void commonParameters(WireRequest request) throws Refusal {
    for (int i = 0; i < COMMON.size(); i++) {
      if (request.header(COMMON.get(i)).isEmpty()) {
        throw Refusal.missing(COMMON_NAMES.get(i));
      }
    }
  }

  private AccessKey identity(WireRequest request) throws Refusal {
    Instant timestamp = timestamp(request.header("x-tc-timestamp").orElse(""));
    SignatureCheck.Claim claim = SignatureCheck.claimOf(request.header("authorization").orElse(""));
    AccessKey key = keys.find(claim.secretId()).orElseThrow(Refusal::secretIdNotFound);
    if (!key.token().equals(request.header("x-tc-token"))
        || keys.hasEnded(key.secretId(), clock.now())) {
      throw Refusal.token();
    }
    long skew = Math.abs(clock.now().getEpochSecond() - timestamp.getEpochSecond());
    if (skew > LONGEST_SKEW.toSeconds()) {
      throw Refusal.expired();
    }
    boolean unsignedToo = rules.unsignedPayloadAllowed();
    if (!SignatureCheck.holds(claim, key.secretKey(), request, timestamp, unsignedToo)) {
      throw Refusal.signature();
    }
    return key;
  }

  private static Instant timestamp(String text) throws Refusal {
    if (!SECONDS.matcher(text).matches()) {
      throw Refusal.wrongType("Timestamp", "int");
    }
    return Instant.ofEpochSecond(Long.parseLong(text));
  }

  private static void action(String action) throws Refusal {
    if (!SesActions.NAMES.contains(action)) {
      throw Refusal.action();
    }
  }

  private static void version(WireRequest request, String version) throws Refusal {
    if (request.header("x-tc-version").filter(version::equals).isEmpty()) {
      throw Refusal.version();
    }
  }

  private static void plausible(String region) throws Refusal {
    if (!REGION.matcher(region).matches()) {
      throw Refusal.invalidValue("X-TC-Region");
    }
  }

  private void region(String region) throws Refusal {
    plausible(region);
    if (!regions.contains(region)) {
      throw Refusal.region();
    }
  }

  private void permission(Arrival arrival, AccessKey key) throws Refusal {
    Optional<String> denial = keys.denialOf(arrival.action());
    if (denial.isPresent()) {
      String resource =
          "qcs::ses:%s:uin/%s:senderdomain/*".formatted(arrival.region(), key.account());
      throw Refusal.denied(denial.get(), arrival.action(), resource, arrival.requestId());
    }
  }
}
