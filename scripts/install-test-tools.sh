#!/usr/bin/env bash
# Installs what the whole-system tests need beside npm's packages: a real Redis and a real Alertmanager (Debian's packages).
set -euo pipefail

missing=()
command -v redis-server >/dev/null || missing+=(redis-server)
command -v prometheus-alertmanager >/dev/null || missing+=(prometheus-alertmanager)
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
echo "Installing ${missing[*]} for the tests…" >&2
# Servers are started by the tests themselves, on ports of their own: nothing is to be started here.
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee /usr/sbin/policy-rc.d >/dev/null
"${as_root[@]}" chmod +x /usr/sbin/policy-rc.d
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
"${as_root[@]}" rm -f /usr/sbin/policy-rc.d
