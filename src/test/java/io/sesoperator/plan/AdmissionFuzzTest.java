package io.sesoperator.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.SesAccountSpec;
import io.sesoperator.api.SesAccountSpec.Consumer;
import io.sesoperator.fuzz.FuzzTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An input is a glob, a line ending and an address. */
class AdmissionFuzzTest {

  @FuzzTarget
  void matchesAsTheGlobSays(byte[] input) {
    String text = new String(input, ISO_8859_1);
    int end = text.indexOf('\n');
    if (end < 0) {
      return;
    }
    String glob = text.substring(0, end);
    String address = text.substring(end + 1);

    assertThat(admits(glob, address)).isEqualTo(matches(glob, address));
  }

  private static boolean admits(String glob, String address) {
    Consumer consumer = new Consumer(List.of("shop"), Optional.empty(), List.of(glob));
    SesAccountSpec account =
        new SesAccountSpec(
            "ap-singapore",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            15,
            List.of(consumer));
    return Admission.admits(account, "shop", Map.of(), address);
  }

  /** By which prefixes of the address each prefix of the glob is matched. */
  private static boolean matches(String glob, String address) {
    boolean[] matched = new boolean[address.length() + 1];
    matched[0] = true;
    for (char next : glob.toCharArray()) {
      boolean[] longer = new boolean[matched.length];
      for (int i = 0; i < matched.length; i++) {
        longer[i] =
            next == '*'
                ? matched[i] || (i > 0 && longer[i - 1])
                : i > 0 && matched[i - 1] && address.charAt(i - 1) == next;
      }
      matched = longer;
    }
    return matched[address.length()];
  }
}
