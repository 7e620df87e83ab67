#!/usr/bin/env bash
# Runs once in an empty database container: a role for Wendu that is not a superuser, and its database.
set -euo pipefail
psql --username postgres --set ON_ERROR_STOP=1 --set password="$POSTGRES_PASSWORD" <<'SQL'
CREATE ROLE wendu LOGIN PASSWORD :'password';
CREATE DATABASE wendu OWNER wendu ENCODING 'UTF8' TEMPLATE template0;
SQL
