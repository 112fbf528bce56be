import json
import os
import shutil
from pathlib import Path

import pytest

from conftest import AS_OF, REPOSITORY, merged, single, wrapped
from shipby_spark import Failed, audit, merge, merge_by


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
    # One says why, one is killed as by a machine that runs out of memory, one never ends.
    script = """case "$*" in
*store-5*) echo "no luck" >&2; exit 2;;
*store-6*) kill -9 $$;;
*store-7*) exec sleep 60;;
esac
exec {binary} "$@"
"""
    broken = wrapped(tmp_path, binary, script)
    parts = str(tmp_path / "parts")
    audited = audit(spark, str(exports), parts, binary=broken, as_of=AS_OF, bundle_bytes=0, timeout=20)
    failed = {row.stores[0]: row.error for row in audited.failed}
    assert failed == {
        "store-5": "no luck",
        "store-6": "shipby was ended by SIGKILL, as when memory is short",
        "store-7": "shipby did not end within 20 s",
    }
    assert len(audited.parts) == 5
    # What failed is made up for by doing it again.
    again = audit(spark, str(exports), parts, binary=binary, as_of=AS_OF, bundle_bytes=0)
    assert not again.failed and len(os.listdir(parts)) == 8
    assert merged(binary, again, tmp_path) == single(binary, exports, tmp_path)


def test_a_program_that_cannot_run_is_a_row(spark, exports, tmp_path):
    binary = tmp_path / "shipby"
    binary.write_bytes(b"\x7fELF for another machine")
    audited = audit(spark, str(exports), str(tmp_path / "parts"), binary=str(binary), as_of=AS_OF)
    assert [row.status for row in audited.rows] == ["failed"] and "OSError" in audited.failed[0].error
    assert audited.parts == []
    with pytest.raises(Failed, match="no part"):
        merge(audited.parts, str(tmp_path / "report.xlsx"), binary=str(binary))


def test_a_casebook_may_be_a_folder_and_may_change(spark, binary, exports, tmp_path):
    casebook = tmp_path / "casebook"
    shutil.copytree(REPOSITORY / "tests" / "casebook", casebook)
    bases = []
    for time in range(2):
        (casebook / "note.md").write_text(f"{time}")
        with open(next(casebook.glob("*.csv")), "a") as sheet:
            sheet.write("\n")
        audited = audit(
            spark, str(exports), str(tmp_path / f"parts-{time}"), binary=binary, as_of=AS_OF, casebook=str(casebook)
        )
        assert not audited.failed
        merge(audited.parts, str(tmp_path / "two.xlsx"), binary=binary, casebook=str(casebook))
        bases.append(json.loads(Path(audited.parts[0], "part.json").read_text())["basis"]["casebook"])
    assert bases[0] and bases[0] != bases[1]
