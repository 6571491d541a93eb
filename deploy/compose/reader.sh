#!/bin/sh
# The role of the public servers: it reads what is there now and what migrations will add.
set -eu
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" \
    --set=password="$READER_PASSWORD" <<'SQL'
CREATE ROLE crmdata_reader LOGIN PASSWORD :'password' CONNECTION LIMIT 100;
ALTER ROLE crmdata_reader SET default_transaction_read_only = on;
GRANT USAGE ON SCHEMA public TO crmdata_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO crmdata_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO crmdata_reader;
SQL
