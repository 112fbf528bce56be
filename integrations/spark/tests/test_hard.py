"""Exports as they come, and more stores than fit a screen."""

import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import AS_OF, REPOSITORY, merged, single
from shipby_spark import audit, merge

SAMPLES = REPOSITORY / "samples"


def orders_of(marketplace):
    """The samples' files of a marketplace."""
    return [file for file in sorted((SAMPLES / marketplace).iterdir()) if not file.name.startswith(".")]


def odd_exports(root):
    """Folders and files by names that shells, patterns and URIs take for something else."""
    odd = {"空 店": "douyin", "50%25 off": "alibaba", "a [b] {c}*?": "ebay", "it's $HOME `x`": "jd", "colon:here": "jd"}
    for store in [*odd, "twin-1", "twin-2"]:
        (root / store).mkdir(parents=True)
    for store, marketplace in odd.items():
        for number, file in enumerate(orders_of(marketplace)):
            shutil.copy(file, root / store / f"{number} %20 {file.name}")
    # The same files in two stores, under the same names; a file beside the folders.
    for store in ["twin-1", "twin-2"]:
        for file in orders_of("pinduoduo"):
            shutil.copy(file, root / store / file.name)
    shutil.copy(orders_of("jd")[0], root / "beside.csv")
    (root / "empty store").mkdir()
    (root / "only hidden").mkdir()
    (root / "only hidden" / ".orders.csv").write_text("x")


def test_odd_names_and_stores_are_those_of_one_run(spark, binary, tmp_path):
    root = tmp_path / "导出 100% [1]"
    odd_exports(root)
    # No name that is UTF-8: from an archive that another system packed.
    bad = os.fsencode(str(root / "twin-1")) + b"/\xb6\xa9\xb5\xa5.csv"
    shutil.copy(os.fsencode(str(orders_of("douyin")[0])), bad)
    parts = str(tmp_path / "零件 [1] 100%20")
    audited = audit(spark, str(root), parts, binary=binary, as_of=AS_OF, bundle_bytes=0)
    assert not audited.failed
    assert len(audited.rows) == 8, [row.stores for row in audited.rows]
    one = single(binary, root, tmp_path)
    assert merged(binary, audited, tmp_path) == one
    assert audited.table("inputs").count() == len(json.loads(one)["inputs"])


def test_twenty_stores_are_those_of_one_run(spark, binary, tmp_path):
    generate = Path(binary).parent / "examples" / "generate"
    if not generate.exists():
        pytest.skip("no generator: cargo build --example generate")
    subprocess.run([generate, "4000", tmp_path / "exports", "20"], check=True, capture_output=True)
    audited = audit(spark, str(tmp_path / "exports"), str(tmp_path / "parts"), binary=binary, as_of=AS_OF, bundle_bytes=0)
    assert not audited.failed and len(audited.parts) == 20
    one = single(binary, tmp_path / "exports", tmp_path)
    assert merged(binary, audited, tmp_path) == one
    assert json.loads(one)["totals"]["orders"] == 4000
    assert sum(row.orders for row in audited.tallies().collect()) == 4000


@pytest.fixture()
def lake(spark, tmp_path):
    """A file system with a scheme of its own, `viewfs://`, that Hadoop maps on folders of this machine."""
    name = "lake" + "".join(c for c in tmp_path.name if c.isalnum()).lower()
    settings = spark._jsc.hadoopConfiguration()
    for link in ["exports", "out"]:
        (tmp_path / "lake" / link).mkdir(parents=True)
        settings.set(f"fs.viewfs.mounttable.{name}.link./{link}", (tmp_path / "lake" / link).as_uri())
    return f"viewfs://{name}"


def test_other_file_systems_are_read_and_written(spark, binary, lake, tmp_path):
    root = tmp_path / "lake" / "exports"
    odd_exports(root)
    # Hadoop's own names have no colon.
    shutil.rmtree(root / "colon:here")
    (root / "own.toml").write_text('[[store]]\nname = "改名"\nfiles = ["twin-1/*"]\n')
    (root / "shipby").write_bytes(Path(binary).read_bytes())
    audited = audit(
        spark,
        f"{lake}/exports/",
        f"{lake}/out/parts",
        binary=f"{lake}/exports/shipby",
        as_of=AS_OF,
        config="own.toml",
        bundle_bytes=0,
    )
    assert [row.error for row in audited.failed] == []
    assert all(part.startswith(f"{lake}/out/parts/part-") for part in audited.parts)
    said = merge(
        audited.parts,
        f"{lake}/out/reports/report.xlsx",
        binary=f"{lake}/exports/shipby",
        json=f"{lake}/out/reports/audit.json",
        exports=f"{lake}/exports",
        annotate="files",
        lang="en",
    )
    assert f"{lake}/out/reports/report.xlsx" in said
    command = [binary, "audit", str(root), "--as-of", AS_OF, "--config", str(root / "own.toml"), "-q", "--annotate", "files"]
    command += ["--json", str(tmp_path / "one.json"), "-o", str(tmp_path / "one" / "report.xlsx")]
    (tmp_path / "one").mkdir()
    assert subprocess.run(command, capture_output=True, cwd=tmp_path).returncode in (0, 1, 3)
    reports = tmp_path / "lake" / "out" / "reports"
    assert (reports / "audit.json").read_bytes() == (tmp_path / "one.json").read_bytes()
    files = lambda folder: sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file() and f.suffix == ".xlsx")
    assert files(reports) == files(tmp_path / "one")
    # Spark reads the tables where they are, and the same again adds nothing.
    assert {row.store for row in audited.tallies().collect()} >= {"改名", "twin-2"}
    again = audit(
        spark, f"{lake}/exports", f"{lake}/out/parts", binary=binary, as_of=AS_OF, config="own.toml", bundle_bytes=0
    )
    assert again.parts == audited.parts
    there = os.listdir(tmp_path / "lake" / "out" / "parts")
    assert sorted(name for name in there if not name.endswith(".crc")) == sorted(p.rsplit("/", 1)[1] for p in again.parts)


def test_a_part_that_many_put_at_once_is_one(spark, binary, lake, tmp_path):
    from shipby_spark.hadoop import Hadoop

    command = [binary, "audit", str(SAMPLES), "--part", str(tmp_path / "made"), "--as-of", AS_OF, "-q"]
    assert subprocess.run(command, capture_output=True).returncode in (0, 3)
    (part,) = (tmp_path / "made").glob("part-*")
    hadoop = Hadoop.of_session(spark)
    there = tmp_path / "lake" / "out" / "parts" / part.name
    # One try was cut off on its way and left what is no whole part.
    there.mkdir(parents=True)
    shutil.copy(part / "part.json", there)
    with ThreadPoolExecutor(6) as pool:
        put = list(pool.map(lambda _: hadoop.put_part(str(part), f"{lake}/out/parts"), range(6)))
    assert set(put) == {f"{lake}/out/parts/{part.name}"}
    for file in part.iterdir():
        assert (there / file.name).read_bytes() == file.read_bytes()
    assert [name for name in os.listdir(there.parent) if not name.endswith(".crc")] == [part.name]
    assert not any(path.is_dir() for path in there.iterdir())
