"""A cluster of two executors in processes of their own, and exports of eight stores."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shipby_spark import merge

REPOSITORY = Path(__file__).resolve().parents[3]
AS_OF = "2026-11-09 12:00"


def find_binary() -> str:
    named = os.environ.get("SHIPBY")
    built = [REPOSITORY / "target" / profile / "shipby" for profile in ("release", "fast", "debug")]
    found = [Path(named)] if named else [path for path in built if path.exists()]
    if not found:
        pytest.skip("no shipby: build it, or name it in SHIPBY")
    return str(found[0].resolve())


@pytest.fixture(scope="session")
def binary() -> str:
    return find_binary()


@pytest.fixture(scope="session")
def spark():
    from pyspark.sql import SparkSession

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # Executors are processes of their own, which do not know what pytest put on the path.
    package = str(Path(__file__).resolve().parents[1])
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("shipby tests")
        .config("spark.ui.enabled", "false")
        .config("spark.executorEnv.PYTHONPATH", package)
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield spark
    spark.stop()


def single(binary, exports, folder):
    """What one run over all exports says."""
    out = folder / "one.json"
    command = [binary, "audit", str(exports), "--as-of", AS_OF, "-q", "--json", str(out), "-o", str(folder / "one.xlsx")]
    ran = subprocess.run(command, capture_output=True, cwd=folder)
    assert ran.returncode in (0, 3), ran.stderr
    return out.read_bytes()


def merged(binary, audited, folder):
    """What the merge of an audit's parts says."""
    out = folder / "two.json"
    merge(audited.parts, str(folder / "two.xlsx"), binary=binary, json=str(out))
    return out.read_bytes()


def wrapped(folder, binary, script):
    """A program that does something before, or instead of, running shipby."""
    path = folder / "shipby-wrapped"
    path.write_text(f"#!/bin/sh\n{script.format(binary=binary, folder=folder)}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture()
def exports(tmp_path) -> Path:
    """The samples as eight stores, one of them with a file that is broken."""
    root = tmp_path / "exports"
    samples = REPOSITORY / "samples"
    for number, marketplace in enumerate(["alibaba", "douyin", "ebay", "jd", "pinduoduo", "alibaba", "douyin", "pinduoduo"]):
        store = root / f"store-{number}"
        store.mkdir(parents=True)
        for file in sorted((samples / marketplace).iterdir()):
            if file.is_file() and not file.name.startswith("."):
                shutil.copy(file, store / file.name)
    (root / "store-3" / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    return root
