package io.sesoperator.ses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.sesoperator.api.SesAccountSpec;
import io.sesoperator.ses.SmtpServer.Security;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpServerTest {

  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  private static SesAccountSpec spec(String json) throws JsonProcessingException {
    return JSON.readValue(json, SesAccountSpec.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'region':'ap-singapore'} | sg-smtp.qcloudmail.com | 465 | TLS",
        "{'region':'ap-guangzhou'} | gz-smtp.qcloudmail.com | 465 | TLS",
        "{'region':'ap-hongkong'} | smtp.qcloudmail.com | 465 | TLS",
        "{'region':'ap-hongkong','smtp':{}} | smtp.qcloudmail.com | 465 | TLS",
        "{'region':'ap-hongkong','smtp':{'security':'STARTTLS'}} | smtp.qcloudmail.com | 587 | STARTTLS",
        "{'region':'ap-hongkong','smtp':{'port':587}} | smtp.qcloudmail.com | 587 | STARTTLS",
        "{'region':'ap-hongkong','smtp':{'port':465}} | smtp.qcloudmail.com | 465 | TLS",
        "{'region':'ap-hongkong','smtp':{'port':2525,'security':'STARTTLS'}} | smtp.qcloudmail.com | 2525 | STARTTLS",
        "{'region':'','smtp':{'host':'localhost','port':8465}} | localhost | 8465 | TLS",
        "{'region':'ap-hongkong','smtp':{'host':''}} | smtp.qcloudmail.com | 465 | TLS",
      })
  void isTheRegionsUnlessTheAccountNamesAnother(
      String json, String host, int port, Security security) throws JsonProcessingException {
    assertThat(SmtpServer.of(spec(json.replace('\'', '"'))))
        .contains(new SmtpServer(host, port, security));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'region':'ap-beijing'}",
        "{'region':'ap-hongkong','smtp':{'port':0}}",
        "{'region':'ap-hongkong','smtp':{'port':65536}}",
        "{'region':'ap-hongkong','smtp':{'security':'None'}}",
      })
  void isNoneWhereTheAccountMakesNoSense(String json) throws JsonProcessingException {
    assertThat(SmtpServer.of(spec(json.replace('\'', '"')))).isEmpty();
  }
}
