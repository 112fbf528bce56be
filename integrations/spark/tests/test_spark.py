import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from conftest import AS_OF
from shipby_spark import Failed, audit, merge, merge_by


def single(binary, exports, folder):
    """What one run over all exports says."""
    out = folder / "one.json"
    command = [binary, "audit", str(exports), "--as-of", AS_OF, "-q", "--json", str(out), "-o", str(folder / "one.xlsx")]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    assert ran.returncode in (0, 3), ran.stderr
    return out.read_bytes()


def merged(binary, audited, folder):
    out = folder / "two.json"
    merge(audited.parts, str(folder / "two.xlsx"), binary=binary, json=str(out))
    return out.read_bytes()


def test_the_merged_report_is_that_of_one_run(spark, binary, exports, tmp_path):
    audited = audit(spark, str(exports), str(tmp_path / "parts"), binary=binary, as_of=AS_OF, bundle_bytes=0)
    assert not audited.failed
    assert len(audited.parts) == len(audited.rows) == 8
    # A file that cannot be read is a row, and fails nothing.
    assert [row.stores for row in audited.rows if row.status == "incomplete"] == [["store-3"]]
    broken = audited.table("inputs").where("error is not null").collect()
    assert [row.path for row in broken] == ["store-3/broken.xlsx"]
    one = single(binary, exports, tmp_path)
    assert merged(binary, audited, tmp_path) == one
    # Spark's own counts are those of the report.
    whole = json.loads(one)
    tallies = audited.tallies().collect()
    assert sum(row.orders for row in tallies) == whole["totals"]["orders"]
    assert sum(row.at_risk for row in tallies) == whole["totals"]["at_risk"]
    rates = {(r.marketplace, r.store, r.rule, r.period): r.rate for r in audited.scores().collect()}
    for period in whole["store_periods"]:
        key = (period["marketplace"], period["store"], period["rule"], period["period"])
        assert rates[key] == pytest.approx(period["rate"]) if period["rate"] is not None else rates[key] is None
    # The same again adds nothing.
    again = audit(spark, str(exports), str(tmp_path / "parts"), binary=binary, as_of=AS_OF, bundle_bytes=0)
    assert again.parts == audited.parts
    assert len([name for name in os.listdir(tmp_path / "parts") if not name.startswith(".")]) == 8
    assert merged(binary, again, tmp_path) == one


def test_one_report_a_company(spark, binary, exports, tmp_path):
    audited = audit(spark, str(exports), str(tmp_path / "parts"), binary=binary, as_of=AS_OF, bundle_bytes=0)
    company = lambda store: "even" if int(store[-1]) % 2 == 0 else "odd"
    reports = merge_by(audited, company, str(tmp_path / "reports"), binary=binary)
    assert sorted(reports) == ["even", "odd"]
    stores = {
        name: {i["path"].split("/")[0] for i in json.loads(Path(path).with_suffix(".json").read_text())["inputs"]}
        for name, path in reports.items()
    }
    assert stores == {name: {f"store-{n}" for n in range(8) if company(f"store-{n}") == name} for name in reports}
    together = audit(spark, str(exports), str(tmp_path / "few"), binary=binary, as_of=AS_OF)
    with pytest.raises(Failed):
        merge_by(together, company, str(tmp_path / "no"), binary=binary)


def test_a_bundle_that_fails_is_a_row(spark, binary, exports, tmp_path):
    broken = tmp_path / "shipby-broken"
    broken.write_text(f'#!/bin/sh\ncase "$*" in *store-5*) echo "no luck" >&2; exit 2;; esac\nexec {binary} "$@"\n')
    broken.chmod(0o755)
    audited = audit(spark, str(exports), str(tmp_path / "parts"), binary=str(broken), as_of=AS_OF, bundle_bytes=0)
    assert [(row.stores, row.error) for row in audited.failed] == [(["store-5"], "no luck")]
    assert len(audited.parts) == 7


def executors(application):
    """Processes of the executors of one application."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if application.encode() in command and any(b"CoarseGrainedExecutorBackend" in word for word in command):
            found.append(int(entry.name))
    return found


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="executors are found in /proc")
def test_a_killed_executor_changes_nothing(spark, binary, exports, tmp_path):
    slow = tmp_path / "shipby-slow"
    slow.write_text(f'#!/bin/sh\necho . >> {tmp_path}/begun\nsleep 1\nexec {binary} "$@"\n')
    slow.chmod(0o755)
    killed = []

    def kill():
        end = time.monotonic() + 60
        while not (tmp_path / "begun").exists() and time.monotonic() < end:
            time.sleep(0.05)
        own = executors(spark.sparkContext.applicationId)
        if own:
            os.kill(own[0], signal.SIGKILL)
            killed.append(own[0])

    killer = threading.Thread(target=kill)
    killer.start()
    audited = audit(spark, str(exports), str(tmp_path / "parts"), binary=str(slow), as_of=AS_OF, bundle_bytes=0)
    killer.join()
    assert killed, "no executor was found to kill"
    begun = (tmp_path / "begun").read_text().count(".")
    assert begun > 8, "no task was run again"
    assert not audited.failed and len(audited.parts) == 8
    assert merged(binary, audited, tmp_path) == single(binary, exports, tmp_path)
