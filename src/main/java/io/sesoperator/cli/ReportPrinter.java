package io.sesoperator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sesoperator.check.Finding;
import io.sesoperator.check.Report;
import io.sesoperator.check.Severity;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** Prints what a check found. */
final class ReportPrinter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final Ansi ansi;

  ReportPrinter(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  void print(Report report, OutputFormat format) {
    switch (format) {
      case text -> report.findings().forEach(finding -> out.println(line(finding)));
      case json -> out.println(json(report).toPrettyString());
    }
    out.flush();
  }

  /** One line that tells how it went. */
  static String summary(Report report) {
    return "%s, %s, %s in %s with %s and %s"
        .formatted(
            count(report.count(Severity.ERROR), "error"),
            count(report.count(Severity.WARNING), "warning"),
            count(report.count(Severity.NOTE), "note"),
            count(report.files(), "file"),
            count(report.credentials(), "SmtpCredential"),
            count(report.accounts(), "SesAccount"));
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  // The word only: whatever else is in a finding could be taken for markup.
  private String line(Finding finding) {
    String word = finding.severity().word();
    String coloured = ansi.string("@|bold," + colour(finding.severity()) + " " + word + "|@");
    return finding.toString().replaceFirst(": " + word + ": ", ": " + coloured + ": ");
  }

  private static String colour(Severity severity) {
    return switch (severity) {
      case ERROR -> "red";
      case WARNING -> "yellow";
      case NOTE -> "cyan";
    };
  }

  private static ObjectNode json(Report report) {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode findings = json.putArray("findings");
    for (Finding finding : report.findings()) {
      findings
          .addObject()
          .put("file", finding.file())
          .put("line", finding.line())
          .put("severity", finding.severity().word())
          .put("rule", finding.rule())
          .put("message", finding.message());
    }
    json.putObject("summary")
        .put("errors", report.count(Severity.ERROR))
        .put("warnings", report.count(Severity.WARNING))
        .put("notes", report.count(Severity.NOTE))
        .put("files", report.files())
        .put("smtpCredentials", report.credentials())
        .put("sesAccounts", report.accounts());
    return json;
  }
}
