package io.sesoperator.simulator;

import java.net.URI;

/**
 * A running stand-in for Tencent Cloud SES, listening on the loopback interface.
 *
 * <pre>{@code
 * try (Simulator ses = Simulator.start(SimulatorOptions.standard().withSenders("a@x.test"))) {
 *   ses.faults().loseReply();
 *   // … point a client at ses.endpoint() …
 *   ses.senders().holds("a@x.test", "Ab12Cd34Ef56");
 * }
 * }</pre>
 */
public final class Simulator implements AutoCloseable {

  private final SimulatorOptions options;
  private final KeyRing keys;
  private final FaultScript faults;
  private final SenderBooks books;
  private final Roles roles;
  private final CallLog calls = new CallLog();
  private final ServerIdentities identities;
  private final ApiDoor api;
  private final HttpPort port;
  private final SmtpDoor smtp;

  private Simulator(SimulatorOptions options) {
    this.options = options;
    ServerClock clock = new ServerClock(options.clock());
    this.keys = new KeyRing(options.keys());
    this.faults = new FaultScript(clock);
    this.books = new SenderBooks(clock, options.rules());
    this.roles = new Roles(keys, clock);
    options.senders().forEach(senders()::add);
    SesGateway gateway =
        new SesGateway(
            new GatewayChecks(options, keys, clock),
            new SesActions(options.rules()),
            new StsActions(roles),
            books,
            calls);
    this.api = new ApiDoor(gateway, faults, calls, clock);
    ControlDoor control = new ControlDoor(this);
    MetadataDoor metadata = new MetadataDoor(roles, calls, clock);
    this.identities = new ServerIdentities(options.smtp().host());
    this.port = HttpPort.open(options.port(), clock, request -> answer(request, control, metadata));
    this.smtp = openSmtp(clock);
  }

  private SmtpDoor openSmtp(ServerClock clock) {
    SmtpLogins logins =
        new SmtpLogins(
            (address, candidate) -> books.logsIn(options.region(), address, candidate),
            faults.smtpScript(),
            calls,
            clock,
            options.smtp().mechanisms());
    try {
      return new SmtpDoor(options.smtp(), identities, faults.smtpScript(), logins);
    } catch (RuntimeException e) {
      port.close();
      throw e;
    }
  }

  private Reply answer(WireRequest request, ControlDoor control, MetadataDoor metadata) {
    if (request.path().startsWith(ControlDoor.PREFIX)) {
      return control.answer(request);
    }
    return request.path().startsWith(MetadataDoor.PREFIX)
        ? metadata.answer(request)
        : api.answer(request);
  }

  /**
   * Starts one; it serves when this returns.
   *
   * @throws java.io.UncheckedIOException if a port is taken
   */
  public static Simulator start(SimulatorOptions options) {
    return new Simulator(options);
  }

  /** Where it listens, such as {@code http://127.0.0.1:40123}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port.port());
  }

  /** Where SMTP speaks TLS from the first byte, as on 465. */
  public int smtpTlsPort() {
    return smtp.tlsPort();
  }

  /** Where SMTP begins in plain text and goes on after {@code STARTTLS}, as on 587. */
  public int smtpStartTlsPort() {
    return smtp.startTlsPort();
  }

  /** Who vouches for the SMTP server, as PEM: another one at each start. */
  public String caCertificate() {
    return identities.authority().pem();
  }

  /** The senders of the home account in the home region. */
  public SenderBook senders() {
    return senders(AccessKey.HOME_ACCOUNT, options.region());
  }

  /** The senders of this account in this region. */
  public SenderBook senders(String account, String region) {
    return books.of(account, region);
  }

  /** What goes wrong. */
  public FaultScript faults() {
    return faults;
  }

  /** What came. */
  public CallLog calls() {
    return calls;
  }

  /** Who may call. */
  public KeyRing keys() {
    return keys;
  }

  /** What temporary keys there are to be had. */
  public Roles roles() {
    return roles;
  }

  /** How it was started. */
  SimulatorOptions options() {
    return options;
  }

  /** Closes every connection; a request that is kept is dropped. */
  @Override
  public void close() {
    api.close();
    port.close();
    smtp.close();
  }
}
