#!/bin/bash
# Runs once, when the database is made: one role owns the tables, another one only works in them. With CATALOG_PASSWORD a third
# one owns the catalog of a lake, in a database of its own.
set -euo pipefail
: "${OWNER_PASSWORD:?}" "${APP_PASSWORD:?}"
psql --no-psqlrc -v ON_ERROR_STOP=1 -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" \
  --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
CREATE ROLE tradesense_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE tradesense_app LOGIN PASSWORD :'app_password';
CREATE DATABASE tradesense OWNER tradesense_owner;
REVOKE ALL ON DATABASE tradesense FROM PUBLIC;
GRANT CONNECT ON DATABASE tradesense TO tradesense_app;
SQL
[ -n "${CATALOG_PASSWORD:-}" ] || exit 0
psql --no-psqlrc -v ON_ERROR_STOP=1 -v catalog_password="$CATALOG_PASSWORD" --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
CREATE ROLE tradesense_catalog LOGIN PASSWORD :'catalog_password';
CREATE DATABASE market OWNER tradesense_catalog;
REVOKE ALL ON DATABASE market FROM PUBLIC;
SQL
