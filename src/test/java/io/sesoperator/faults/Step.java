package io.sesoperator.faults;

/** A request that the operator makes for one credential, named by what it does. */
record Step(String credential, String request) {

  /** The call that sets a password. */
  static final String CALL = "SES UpdateEmailSmtpPassWord";

  boolean writesStatus() {
    return request.startsWith("PATCH smtpcredentials/status");
  }
}
