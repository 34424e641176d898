package io.sesoperator.check;

import java.util.List;

/**
 * What a check found.
 *
 * @param findings in the order of the files and of their lines
 * @param files how many were read
 * @param credentials how many SmtpCredentials are in them
 * @param accounts how many SesAccounts
 */
public record Report(List<Finding> findings, int files, long credentials, long accounts) {

  public Report {
    findings = List.copyOf(findings);
  }

  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
