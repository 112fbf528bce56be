"""An audit as a Spark job: bundles to tasks, parts to tallies and reports."""

import os
import subprocess
import tempfile
from dataclasses import dataclass
from typing import Callable, Dict, Iterable, List, Optional, Sequence, Tuple

import pandas
from pyarrow import fs
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from .files import BUNDLE_BYTES, bundles, file_system, list_exports
from .worker import Settings, is_local, run_bundle

RESULT = "number int, stores array<string>, files int, bytes long, part string, status string, error string, seconds double"
COUNTS = ("orders", "at_risk", "overdue", "urgent", "warning", "late", "due_12h", "due_24h", "exempt_proved", "exempt_claimed")
SCORES = ("met", "late", "overdue", "open", "delayed")


class Failed(RuntimeError):
    """shipby could not merge; the message is its own."""


@dataclass
class Audited:
    """What came of an audit: a row a bundle, and the parts."""

    spark: SparkSession
    rows: List

    @property
    def parts(self) -> List[str]:
        """The parts, each once."""
        return sorted({row.part for row in self.rows if row.part})

    @property
    def failed(self) -> List:
        """The bundles that gave no part, with the reason in `error`."""
        return [row for row in self.rows if row.status == "failed"]

    def stores_of(self, part: str) -> Tuple[str, ...]:
        """The stores in a part."""
        return tuple(store for row in self.rows if row.part == part for store in row.stores)

    def table(self, name: str) -> DataFrame:
        """A table of all parts: orders, findings, stores, scores, issues, inputs … (`docs/parts.md` has the columns)."""
        return self.spark.read.parquet(*[f"{part}/{name}.parquet" for part in self.parts])

    def tallies(self) -> DataFrame:
        """Counts by marketplace and store."""
        sums = [F.sum(name).alias(name) for name in COUNTS]
        return self.table("stores").groupBy("marketplace", "store").agg(*sums)

    def scores(self) -> DataFrame:
        """Counts behind the rates by marketplace, store, rule and period, with the rate."""
        sums = [F.sum(name).alias(name) for name in SCORES]
        grouped = self.table("scores").groupBy("marketplace", "store", "rule", "period").agg(*sums)
        judged = F.col("met") + F.col("late") + F.col("overdue")
        return grouped.withColumn("rate", F.when(judged > 0, F.col("met") / judged))


def audit(
    spark: SparkSession,
    root: str,
    parts: str,
    *,
    binary: str,
    as_of: str,
    config: Optional[str] = None,
    casebook: Optional[str] = None,
    rulebook: Optional[str] = None,
    profiles: Sequence[str] = (),
    bundle_bytes: int = BUNDLE_BYTES,
    timeout: int = 3600,
) -> Audited:
    """Audits every export below `root` on the executors and writes a part a bundle below `parts`.

    `root` and `parts` are local paths that every executor sees, or URIs (`s3://`, `hdfs://`, `gs://`). `config` is a path
    below `root`. The program and the files beside it are sent along. A bundle that cannot be audited is a row of the
    result; the job goes on.
    """
    context = spark.sparkContext
    # Executors work in folders of their own.
    root, parts = (file_system(uri)[1] if is_local(uri) else uri for uri in (root, parts))
    beside: Dict[str, List[str]] = {}
    for option, files in (("casebook", [casebook]), ("rulebook", [rulebook]), ("profile", profiles)):
        named = [name for name in files if name]
        if named:
            beside[option] = named
    for name in [binary, *[name for names in beside.values() for name in names]]:
        context.addFile(name, recursive=os.path.isdir(name))
    settings = Settings(
        root=root,
        parts=parts,
        binary=binary,
        as_of=as_of,
        config=config,
        beside=beside,
        threads=int(context.getConf().get("spark.task.cpus", "1")),
        timeout=timeout,
    )
    made = bundles(list_exports(root), bundle_bytes)
    if is_local(parts):
        os.makedirs(parts, exist_ok=True)
    if not made:
        return Audited(spark, [])

    def run(frames: Iterable[pandas.DataFrame]) -> Iterable[pandas.DataFrame]:
        for frame in frames:
            for row in frame.itertuples():
                done = run_bundle(settings, list(row.paths))
                yield pandas.DataFrame(
                    [
                        {
                            "number": row.number,
                            "stores": list(row.stores),
                            "files": len(row.paths),
                            "bytes": row.bytes,
                            "part": done.part,
                            "status": done.status,
                            "error": done.error,
                            "seconds": done.seconds,
                        }
                    ]
                )

    tasks = [
        (bundle.number, list(bundle.stores), [export.path for export in bundle.exports], bundle.size)
        for bundle in made
    ]
    # A task a bundle: the scheduler then evens out what sizes do not tell.
    frame = spark.createDataFrame(
        context.parallelize(tasks, len(tasks)), "number int, stores array<string>, paths array<string>, bytes long"
    )
    rows = frame.mapInPandas(run, RESULT).collect()
    return Audited(spark, sorted(rows, key=lambda row: row.number))


def merge(parts: Sequence[str], report: str, *, binary: str, **outputs: str) -> str:
    """Merges parts into a report on this machine and gives what shipby said.

    Outputs and options go by the names of shipby's own, with `_` for `-`: `json=…`, `ndjson=…`, `csv=…`, `parquet=…`,
    `since=…`, `casebook=…`, `rulebook=…`, `lang=…`.
    """
    with tempfile.TemporaryDirectory(prefix="shipby-") as scratch:
        here = [_here(part, scratch) for part in parts]
        # Parts can be more than a command line holds.
        folder = os.path.join(scratch, "merge")
        os.makedirs(folder, exist_ok=True)
        if all(os.path.dirname(part) == os.path.dirname(here[0]) for part in here) and _alone(here):
            named = [os.path.dirname(here[0])]
        else:
            named = here
        command = [os.path.abspath(binary), "merge", *named, "-o", report]
        for name, value in outputs.items():
            command += [f"--{name.replace('_', '-')}", str(value)]
        ran = subprocess.run(command, capture_output=True, text=True)
        if ran.returncode == 2 or ran.returncode < 0:
            raise Failed(ran.stderr.strip() or f"shipby ended with {ran.returncode}")
        return ran.stdout


def merge_by(audited: Audited, company_of: Callable[[str], str], folder: str, *, binary: str, **options: str) -> Dict[str, str]:
    """One report a company: `company_of` names the company of a store. Gives the report of each company.

    Audit with `bundle_bytes=0` before, so that no part holds stores of two companies.
    """
    companies: Dict[str, List[str]] = {}
    for part in audited.parts:
        owners = {company_of(store) for store in audited.stores_of(part)}
        if len(owners) != 1:
            raise Failed(f"{part} holds stores of several companies; audit with bundle_bytes=0")
        companies.setdefault(owners.pop(), []).append(part)
    os.makedirs(folder, exist_ok=True)
    reports = {}
    for company, parts in sorted(companies.items()):
        report = os.path.join(folder, f"{company}.xlsx")
        merge(parts, report, binary=binary, json=os.path.join(folder, f"{company}.json"), **options)
        reports[company] = report
    return reports


def _here(part: str, scratch: str) -> str:
    """A part on this machine."""
    system, path = file_system(part)
    if is_local(part):
        return path
    target = os.path.join(scratch, "parts", os.path.basename(path))
    os.makedirs(target, exist_ok=True)
    fs.copy_files(path, target, source_filesystem=system)
    return target


def _alone(parts: Sequence[str]) -> bool:
    """Whether a folder holds these parts and no others."""
    folder = os.path.dirname(parts[0])
    there = {name for name in os.listdir(folder) if not name.startswith(".")}
    return there == {os.path.basename(part) for part in parts}
