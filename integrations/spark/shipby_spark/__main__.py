"""The audit as a program."""

import argparse
import os
import sys

from pyspark.sql import SparkSession

from .job import Failed, audit, merge


def main() -> int:
    parser = argparse.ArgumentParser(prog="shipby-spark", description="Audit the exports below a folder on Spark.")
    parser.add_argument("root", help="the exports: a path that all executors see, or a URI")
    parser.add_argument("--parts", required=True, help="where parts go: a path that all executors see, or a URI")
    parser.add_argument("--binary", required=True, help="shipby for the executors' machines")
    parser.add_argument("--as-of", required=True, help="the moment of the audit")
    parser.add_argument("-o", "--output", help="one report of all, written on this machine")
    parser.add_argument("--json", help="the audit as JSON, likewise")
    parser.add_argument("--config", help="shipby.toml, as a path below the root")
    parser.add_argument("--casebook")
    parser.add_argument("--rulebook")
    parser.add_argument("--profile", action="append", default=[])
    parser.add_argument("--master", help="Spark's master, such as local-cluster[2,1,1024] or spark://HOST:7077")
    given = parser.parse_args()
    builder = SparkSession.builder.appName("shipby")
    if given.master:
        builder = builder.master(given.master)
        if given.master.startswith("local"):
            # Executors on this machine have this Python.
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = builder.getOrCreate()
    try:
        return run(spark, given)
    finally:
        spark.stop()


def run(spark: SparkSession, given: argparse.Namespace) -> int:
    """The audit that was asked for; gives the exit status."""
    audited = audit(
        spark,
        given.root,
        given.parts,
        binary=given.binary,
        as_of=given.as_of,
        config=given.config,
        casebook=given.casebook,
        rulebook=given.rulebook,
        profiles=given.profile,
    )
    for row in audited.failed:
        print(f"failed: {', '.join(row.stores)}: {row.error}", file=sys.stderr)
    if audited.parts:
        audited.tallies().orderBy("marketplace", "store").show(1000, truncate=False)
    if given.output:
        beside = {name: getattr(given, name) for name in ("json", "casebook", "rulebook") if getattr(given, name)}
        try:
            print(merge(audited.parts, given.output, binary=given.binary, **beside))
        except Failed as fault:
            print(fault, file=sys.stderr)
            return 2
    return 3 if audited.failed else 0


if __name__ == "__main__":
    sys.exit(main())
