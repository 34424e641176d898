package io.sesoperator.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Random passwords; nobody is told them. */
final class NewPassword {

  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";

  private final RandomGenerator random;

  NewPassword(RandomGenerator random) {
    this.random = random;
  }

  /** One that SES takes. */
  String valid() {
    return mix(List.of(some(6, LOWER), some(6, UPPER), some(4, DIGITS)));
  }

  /** One that breaks a single rule of SES. */
  String withoutDigits() {
    return mix(List.of(some(8, LOWER), some(8, UPPER)));
  }

  /** That many, all different. */
  private List<Character> some(int count, String alphabet) {
    return shuffled(characters(alphabet)).subList(0, count);
  }

  private String mix(List<List<Character>> parts) {
    List<Character> all = parts.stream().flatMap(List::stream).toList();
    return shuffled(all).stream().map(String::valueOf).collect(Collectors.joining());
  }

  private List<Character> shuffled(List<Character> characters) {
    List<Character> shuffled = new ArrayList<>(characters);
    Collections.shuffle(shuffled, java.util.Random.from(random));
    return shuffled;
  }

  private static List<Character> characters(String text) {
    return text.chars().mapToObj(c -> (char) c).toList();
  }
}
