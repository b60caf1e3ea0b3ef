#!/bin/sh
# Writes Alertmanager's configuration from what `.env` says, and starts it: mail to ALERT_MAIL_TO through MAIL_URL, a call to
# ALERT_WEBHOOK_URL, both or neither. `start.sh --write FOLDER` only writes.
set -eu
folder=/tmp
[ "${1:-}" != --write ] || folder=${2:?a folder}
umask 077

# In an address `%40` is `@`.
plain() {
  left=$1
  while :; do
    before=${left%%[%]*}
    printf %s "$before"
    [ "$before" != "$left" ] || return 0
    left=${left#"$before"%}
    after=${left#??}
    # shellcheck disable=SC2059 # the escape is the format: no shell's printf but this way knows bytes by number
    printf "\\$(printf %03o "0x${left%"$after"}")"
    left=$after
  done
}
quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/''/g")"; }

mail() {
  address=${MAIL_URL:?ALERT_MAIL_TO wants MAIL_URL, as smtp://USER:PASSWORD@HOST:587}
  case $address in smtp://*) port=587 ;; smtps://*) port=465 ;; *) echo "MAIL_URL: as smtp://USER:PASSWORD@HOST:587" >&2; exit 64 ;; esac
  rest=${address#*://}
  tls=true
  case $rest in *\?tls=off) tls=false ;; esac
  rest=${rest%%\?*}
  host=${rest##*@}
  host=${host%/}
  case $host in *:*) ;; *) host=$host:$port ;; esac
  printf '    email_configs:\n      - to: %s\n        from: %s\n        smarthost: %s\n        require_tls: %s\n        send_resolved: true\n' \
    "$(quoted "$ALERT_MAIL_TO")" "$(quoted "${MAIL_FROM:-TradeSense <desk@localhost>}")" "$(quoted "$host")" "$tls"
  case $rest in
    *@*)
      credentials=${rest%@*}
      plain "${credentials#*:}" >"$folder/mail-password"
      printf '        auth_username: %s\n        auth_password_file: %s\n' \
        "$(quoted "$(plain "${credentials%%:*}")")" "$(quoted "$folder/mail-password")"
      ;;
  esac
}

call() {
  printf %s "$ALERT_WEBHOOK_URL" >"$folder/webhook-url"
  printf '    webhook_configs:\n      - url_file: %s\n        send_resolved: true\n' "$(quoted "$folder/webhook-url")"
}

[ -n "${ALERT_MAIL_TO:-}${ALERT_WEBHOOK_URL:-}" ] ||
  echo "Nobody is called by alarms: neither ALERT_MAIL_TO nor ALERT_WEBHOOK_URL is set." >&2
{
  # What may wait is told again once a day, what may not every hour.
  printf 'route:\n  receiver: operator\n  group_by: [alertname]\n  group_wait: 30s\n  group_interval: 5m\n  repeat_interval: 24h\n'
  printf '  routes:\n    - receiver: operator\n      matchers: [severity="page"]\n      group_wait: 10s\n      repeat_interval: 1h\n'
  # Where nothing answers, whatever else is amiss follows from it.
  printf 'inhibit_rules:\n  - source_matchers: [alertname="DeskDown"]\n    target_matchers: [severity="look"]\n'
  printf 'receivers:\n  - name: operator\n'
  [ -z "${ALERT_MAIL_TO:-}" ] || mail
  [ -z "${ALERT_WEBHOOK_URL:-}" ] || call
} >"$folder/alertmanager.yml"
[ "${1:-}" = --write ] || exec alertmanager --config.file="$folder/alertmanager.yml" --storage.path=/alertmanager --cluster.listen-address=
