#!/usr/bin/env bash
# The whole suite on SQLite, and beside it, on the other core, the tests for which the database matters on PostgreSQL.
set -u
log=$(mktemp)
trap 'rm -f "$log"' EXIT
GONGZHI_TEST_DB=postgresql pytest >"$log" 2>&1 &
beside=$!
pytest
sqlite=$?
wait "$beside"
postgresql=$?
echo "== tests of records, desk and api again, on PostgreSQL"
cat "$log"
[ "$sqlite" -eq 0 ] && [ "$postgresql" -eq 0 ]
