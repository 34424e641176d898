package broken.sesoperator.kube;

/** Prints its secret part. */
record PrintableKey(String secretId, String secretKey) {}
