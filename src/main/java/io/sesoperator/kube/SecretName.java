package io.sesoperator.kube;

/** Names a Secret. */
public record SecretName(String namespace, String name) {

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
