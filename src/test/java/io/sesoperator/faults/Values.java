package io.sesoperator.faults;

import io.sesoperator.testing.Canary;
import java.util.List;
import java.util.stream.Stream;

/** A few passwords, known by their numbers, so that whoever tells of them need not name them. */
final class Values {

  static final int COUNT = 6;

  private final List<String> passwords = Stream.generate(Canary::password).limit(COUNT).toList();

  String password(int number) {
    return passwords.get(number);
  }

  /** The number of a password; -1 if it is none of them. */
  int numberOf(String password) {
    return passwords.indexOf(password);
  }
}
