"""An audit as a Spark job: bundles to tasks, parts to tallies and reports."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Callable, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple

import pandas
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from .files import BUNDLE_BYTES, bundles, list_exports
from .hadoop import MANIFEST, Hadoop, is_local, local_path
from .worker import Settings, ended, run_bundle

RESULT = "number int, stores array<string>, files int, bytes long, part string, status string, error string, seconds double"
COUNTS = ("orders", "at_risk", "overdue", "urgent", "warning", "late", "due_12h", "due_24h", "exempt_proved", "exempt_claimed")
# What a merge reads of a part; the other tables are for those who read the lake.
RECORDS = ("inputs", "lines", "parcels", "cases", "faults")
OUTPUTS = ("json", "ndjson", "csv", "parquet", "share")
SCORES = ("met", "late", "overdue", "open", "delayed")

# What is sent along lies here: an executor that starts later, even for another job of the session, fetches it then.
_kept = tempfile.TemporaryDirectory(prefix="shipby-sent-")


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
        return self.spark.read.parquet(*[_literally(f"{part}/{name}.parquet") for part in self.parts])

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

    `root` and `parts` are local paths that every executor sees, or URIs of any file system that Spark reads (`s3a://`,
    `hdfs://`, `gs://`, `abfss://`). `config` is a path below `root`. The program and the files beside it are sent along;
    they may be URIs, too. A bundle that cannot be audited is a row of the result; the job goes on.
    """
    context = spark.sparkContext
    # Executors work in folders of their own.
    root, parts = (local_path(uri) if is_local(uri) else uri.rstrip("/") for uri in (root, parts))
    hadoop = None if is_local(root) and is_local(parts) else Hadoop.of_session(spark)
    beside = [("casebook", casebook), ("rulebook", rulebook), *(("profile", profile) for profile in profiles)]
    beside = [(option, name) for option, name in beside if name]
    made = bundles(list_exports(root, hadoop), bundle_bytes)
    if is_local(parts):
        os.makedirs(parts, exist_ok=True)
    if not made:
        return Audited(spark, [])
    with tempfile.TemporaryDirectory(prefix="shipby-") as scratch:
        here = [_fetched(name, scratch, f"sent/{at}") for at, name in enumerate([binary, *(n for _, n in beside)])]
        archive, names = _packed(here, scratch)
        context.addArchive(archive)
        settings = Settings(
            root=root,
            parts=parts,
            archive=os.path.basename(archive),
            binary=names[0],
            beside=tuple((option, name) for (option, _), name in zip(beside, names[1:])),
            as_of=as_of,
            config=config,
            threads=int(context.getConf().get("spark.task.cpus", "1")),
            timeout=timeout,
            hadoop=hadoop.settings() if hadoop else "",
            class_path=tuple(filter(None, [context.getConf().get("spark.executor.extraClassPath")])),
        )
        rows = _run(spark, settings, made)
    return Audited(spark, sorted(rows, key=lambda row: row.number))


def _run(spark: SparkSession, settings: Settings, made: List) -> List:
    """The rows that come of the bundles."""

    def run(frames: Iterable[pandas.DataFrame]) -> Iterable[pandas.DataFrame]:
        for frame in frames:
            for row in frame.itertuples():
                done = run_bundle(settings, [os.fsdecode(path) for path in row.paths])
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

    # Names of files need not be UTF-8.
    tasks = [
        (bundle.number, list(bundle.stores), [bytearray(os.fsencode(e.path)) for e in bundle.exports], bundle.size)
        for bundle in made
    ]
    # A task a bundle: the scheduler then evens out what sizes do not tell.
    frame = spark.createDataFrame(
        spark.sparkContext.parallelize(tasks, len(tasks)),
        "number int, stores array<string>, paths array<binary>, bytes long",
    )
    return frame.mapInPandas(run, RESULT).collect()


def merge(parts: Sequence[str], report: str, *, binary: str, **options: object) -> str:
    """Merges parts into a report on this machine and gives what shipby said.

    Outputs and options go by the names of shipby's own, with `_` for `-`: `json=…`, `ndjson=…`, `csv=…`, `parquet=…`,
    `since=…`, `casebook=…`, `rulebook=…`, `exports=…`, `lang=…`. Any of them, and the report, may be a URI. `True`
    stands for an option without a value: `no_mask=True`.
    """
    if not parts:
        raise Failed("there is no part to merge")
    with tempfile.TemporaryDirectory(prefix="shipby-") as scratch:
        here = _parts_here(parts, scratch)
        outputs = _Outputs(scratch)
        command = [_fetched(binary, scratch, "binary"), "merge", *here, "-o", outputs.here(report)]
        if not is_local(binary):
            os.chmod(command[0], 0o755)
        for name, value in options.items():
            if value is True:
                command.append(f"--{name.replace('_', '-')}")
                continue
            value = outputs.here(value) if name in OUTPUTS else _fetched(value, scratch, name)
            command += [f"--{name.replace('_', '-')}", value]
        ran = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
        if ran.returncode == 2 or ran.returncode < 0:
            raise Failed(ran.stderr.strip() or ended(ran.returncode))
        return outputs.send(ran.stdout)


def merge_by(audited: Audited, company_of: Callable[[str], str], folder: str, *, binary: str, **options: object) -> Dict[str, str]:
    """One report a company: `company_of` names the company of a store. Gives the report of each company.

    Audit with `bundle_bytes=0` before, so that no part holds stores of two companies.
    """
    companies: Dict[str, List[str]] = {}
    for part in audited.parts:
        owners = {company_of(store) for store in audited.stores_of(part)}
        if len(owners) != 1:
            raise Failed(f"{part} holds stores of several companies; audit with bundle_bytes=0")
        companies.setdefault(owners.pop(), []).append(part)
    if is_local(folder):
        folder = local_path(folder)
        os.makedirs(folder, exist_ok=True)
    reports = {}
    for company, parts in sorted(companies.items()):
        name = company.replace("/", "_")
        report = f"{folder.rstrip('/')}/{name}.xlsx"
        if report in reports.values():
            raise Failed(f"two companies would have the report {report}")
        merge(parts, report, binary=binary, json=f"{folder.rstrip('/')}/{name}.json", **options)
        reports[company] = report
    return reports


class _Outputs:
    """Outputs of a merge: what goes to another file system is written here first."""

    def __init__(self, scratch: str):
        self._scratch = os.path.join(scratch, "outputs")
        self._folders: Dict[str, str] = {}

    def here(self, uri: str) -> str:
        """Where the program writes an output."""
        if is_local(uri):
            return local_path(uri)
        folder, name = uri.rsplit("/", 1)
        if folder not in self._folders:
            self._folders[folder] = os.path.join(self._scratch, str(len(self._folders)))
            os.makedirs(self._folders[folder])
        return os.path.join(self._folders[folder], name)

    def send(self, said: str) -> str:
        """Sends all that was written, and says where it is."""
        for uri, folder in self._folders.items():
            # With what stands beside a report, such as its annotated inputs.
            for path, _, names in os.walk(folder):
                for name in names:
                    whole = os.path.join(path, name)
                    _hadoop().put(whole, f"{uri}/{os.path.relpath(whole, folder)}")
            said = said.replace(folder, uri)
        return said


def _hadoop() -> Hadoop:
    session = SparkSession.getActiveSession()
    if session is None:
        raise Failed("there is no Spark session to reach other file systems with")
    return Hadoop.of_session(session)


def _fetched(name: object, scratch: str, folder: str) -> str:
    """A file or folder on this machine; what is no URI is taken as it is."""
    name = str(name)
    if "://" not in name:
        return name
    if is_local(name):
        return local_path(name)
    target = os.path.join(scratch, folder, name.rstrip("/").rsplit("/", 1)[-1])
    os.makedirs(os.path.dirname(target), exist_ok=True)
    _hadoop().fetch(name, target)
    return target


def _packed(paths: Sequence[str], scratch: str) -> Tuple[str, List[str]]:
    """An archive of files and folders, and the name of each in it. It is named by its content, so that what was changed
    is sent again within a session."""
    names = [f"{at}/{os.path.basename(os.path.abspath(path))}" for at, path in enumerate(paths)]
    packed = os.path.join(scratch, "packed.zip")
    digest = hashlib.sha256()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False) as archive:
        for path, name in zip(paths, names):
            for file, inside in _files_of(path, name):
                archive.write(file, inside)
                digest.update(inside.encode())
                with open(file, "rb") as content:
                    for block in iter(lambda: content.read(1 << 20), b""):
                        digest.update(block)
    named = os.path.join(_kept.name, f"shipby-{digest.hexdigest()[:16]}.zip")
    shutil.move(packed, named)
    return named, names


def _files_of(path: str, name: str) -> Iterator[Tuple[str, str]]:
    if not os.path.isdir(path):
        yield path, name
        return
    for folder, _, files in sorted(os.walk(path)):
        for file in sorted(files):
            whole = os.path.join(folder, file)
            yield whole, f"{name}/{os.path.relpath(whole, path)}"


def _parts_here(parts: Sequence[str], scratch: str) -> List[str]:
    """Parts as folders on this machine, or one folder that holds them and no others: parts can be more than a command
    line holds."""
    folder = os.path.join(scratch, "parts")
    away = [part for part in parts if not is_local(part)]
    here = [local_path(part) for part in parts if is_local(part)]
    if away:
        hadoop = _hadoop()

        def fetch(part: str) -> None:
            target = os.path.join(folder, part.rsplit("/", 1)[-1])
            os.makedirs(target, exist_ok=True)
            for name in [MANIFEST, *(f"{table}.parquet" for table in RECORDS)]:
                hadoop.fetch(f"{part}/{name}", os.path.join(target, name))

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(fetch, away))
        return [folder, *here]
    parents = {os.path.dirname(part) for part in here}
    if len(parents) == 1:
        parent = parents.pop()
        there = {name for name in os.listdir(parent) if not name.startswith(".")}
        if there == {os.path.basename(part) for part in here}:
            return [parent]
    return here


def _literally(path: str) -> str:
    """A path whose brackets and stars are none of a pattern's."""
    return "".join(f"\\{c}" if c in "{}[]*?\\" else c for c in path)
