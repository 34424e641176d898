#!/usr/bin/env bash
# Puts a new random password into a Secret, and waits until SES has accepted it.
#
#   rotate.sh SECRET CREDENTIAL [KEY]
#
# KEY is the entry of the Secret (password). Needs kubectl, with the rights in rotation.yaml. Exits 1 if SES has
# not accepted the password after five minutes; run it again then only after a look at the credential's status.
set -euo pipefail

secret=$1
credential=$2
key=${3:-password}

# 20 characters: one of each kind twice, as SES wants it, and 14 random ones.
new_password() { printf 'Ab3Cd4%s' "$(head -c 256 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | cut -c 1-14)"; }

revision() { kubectl get smtpcredential "$credential" -o jsonpath='{.status.applied.revision}'; }

before=$(revision)
# Over standard input, for arguments can be read by others on the same node; and applied by the server, for `kubectl
# patch` would read the Secret first.
printf '{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "%s"}, "data": {"%s": "%s"}}' \
  "$secret" "$key" "$(new_password | base64)" |
  kubectl apply --server-side --force-conflicts --field-manager rotate -f -
kubectl wait smtpcredential "$credential" --for jsonpath='{.status.applied.revision}'=$((before + 1)) --timeout 5m
kubectl wait smtpcredential "$credential" --for condition=Ready --timeout 5m
