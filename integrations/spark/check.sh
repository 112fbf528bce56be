#!/usr/bin/env bash
# Tests the integration on a cluster of two executors on this machine. Says so and passes where Python or Java cannot be had.
set -euo pipefail
cd "$(dirname "$0")"
environment="${SHIPBY_SPARK_VENV:-../../target/spark-venv}"

skip() { echo "spark integration skipped: $1"; exit 0; }

command -v python3 >/dev/null || skip "no Python"
if ! command -v java >/dev/null; then
  { apt-get update && apt-get install -y --no-install-recommends default-jre-headless; } >/dev/null 2>&1 || skip "no Java"
fi
if [ ! -x "$environment/bin/pytest" ]; then
  python3 -m venv "$environment" && "$environment/bin/pip" install --quiet -e '.[test]' || skip "pyspark could not be installed"
fi
"$environment/bin/python" -m pytest -q -p no:cacheprovider tests
