#!/usr/bin/env bash
# The whole suite on SQLite, then the tests for which the database matters on PostgreSQL, each on both cores.
set -u
cores=$(nproc)
[ "$cores" -gt 4 ] && cores=4
pytest --numprocesses "$cores" --dist loadgroup
sqlite=$?
echo "== tests of records, desk and api again, on PostgreSQL"
GONGZHI_TEST_DB=postgresql pytest --numprocesses "$cores" --dist loadgroup
postgresql=$?
[ "$sqlite" -eq 0 ] && [ "$postgresql" -eq 0 ]
