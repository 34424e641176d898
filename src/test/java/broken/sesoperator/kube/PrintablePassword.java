package broken.sesoperator.kube;

/** Prints a password. */
record PrintablePassword(String address, byte[] password) {}
