package io.sesoperator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.check.Value.Kind;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoScalarsTest {

  @ParameterizedTest
  @CsvSource({
    "yes, TRUTH",
    "Off, TRUTH",
    "n, TRUTH",
    "true, TRUTH",
    "tRue, TEXT",
    "~, NOTHING",
    "null, NOTHING",
    "nil, TEXT",
    "'', NOTHING",
    "0, INTEGER",
    "-17, INTEGER",
    "+1, INTEGER",
    "1_000, INTEGER",
    "0x1F, INTEGER",
    "017, INTEGER",
    "0o17, INTEGER",
    "0b11, INTEGER",
    "18446744073709551615, INTEGER",
    "089, DECIMAL",
    "1.5, DECIMAL",
    ".5, DECIMAL",
    "1e+3, DECIMAL",
    "1e3, TEXT",
    ".inf, DECIMAL",
    ".nan, DECIMAL",
    "99999999999999999999999, DECIMAL",
    "1.2.3, TEXT",
    "2026-11-23, TEXT",
    "1:30, TEXT",
    "1h, TEXT",
    "-, TEXT",
    "., TEXT"
  })
  void readsWhatGoYamlReads(String plain, Kind kind) {
    assertThat(GoScalars.kindOf(plain)).isEqualTo(kind);
  }

  @Test
  void knowsTheValueOfIntegersOfAllBases() {
    assertThat(GoScalars.integer("0x1F")).hasValue(BigInteger.valueOf(31));
    assertThat(GoScalars.integer("-017")).hasValue(BigInteger.valueOf(-15));
    assertThat(GoScalars.integer("0b101")).hasValue(BigInteger.valueOf(5));
    assertThat(GoScalars.integer("1_0")).hasValue(BigInteger.TEN);
    assertThat(GoScalars.integer("ten")).isEmpty();
  }
}
