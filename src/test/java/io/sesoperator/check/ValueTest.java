package io.sesoperator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.testing.Canary;
import org.junit.jupiter.api.Test;

class ValueTest {

  @Test
  void hasNoTextFormThatCouldHoldAPassword() {
    String password = Canary.password();

    for (String yaml : new String[] {"a: 'P'", "- 'P'", "'P'", "'P': x"}) {
      assertThat(YamlReader.read(yaml.replace("P", password)).toString().contains(password))
          .isFalse();
    }
  }

  @Test
  void keepsATextWithoutItsLastNewlineWhenTheFileHasNone() {
    assertThat(text("a: |\n  b")).isEqualTo("b");
    assertThat(text("a: |\n  b\n")).isEqualTo("b\n");
    assertThat(text("a: |\n  b\n---\n")).isEqualTo("b\n");
  }

  private static String text(String yaml) {
    return ((Document.Content) YamlReader.read(yaml).getFirst())
        .value()
        .asFields()
        .orElseThrow()
        .text("a")
        .orElseThrow();
  }
}
