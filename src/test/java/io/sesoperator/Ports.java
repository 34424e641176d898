package io.sesoperator;

import io.sesoperator.CommandBlock.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** Free ports in place of those that documents name, which others on this machine may use. */
record Ports(int api, int smtp) {

  static Ports free() {
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket two = new ServerSocket(0)) {
      return new Ports(one.getLocalPort(), two.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Step in(Step step) {
    return new Step(in(step.script()), step.shown().map(this::in));
  }

  private String in(String text) {
    return text.replaceAll("\\b8484\\b", Integer.toString(api))
        .replaceAll("\\b8465\\b", Integer.toString(smtp));
  }
}
