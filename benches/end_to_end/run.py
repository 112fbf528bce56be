#!/usr/bin/env python3
"""Measures shipby beside polars, DuckDB and pandas on the same made orders, and prints a table of ratios.

    python3 benches/end_to_end/run.py [--orders 1000000] [--rounds 3] [--folder /tmp/orders] [--only polars,duckdb]
                                      [--before PROGRAM]

Needs polars, duckdb, pandas, xlsxwriter, and fastexcel for the workbooks; a peer that is not installed is left out. The programs take turns, round by
round, so that whatever else the machine does hits all alike; medians are shown. CPU is user and system time of the whole
process. Memory is the peak of its anonymous resident set: pages of files that the system could drop do not count.
`--before` measures a second shipby, built from other code, in the same turns.
"""
import argparse
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import twins

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
AS_OF = "2026-11-09 12:00"
# Rows and columns of the sheet that is annotated, for a million orders.
WIDE = (200_000, 60)
ANNOTATED, PLAIN = "one sheet annotated", "one sheet, its cells written plain"
WORKBOOKS, WORKBOOKS_PEER = "workbooks, read and judged", "workbooks, read by polars"


def anonymous(pid):
    try:
        found = re.search(r"RssAnon:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found.group(1)) / 1024 if found else 0


def run(command):
    """Wall and CPU seconds, peak of anonymous memory in MiB, standard output."""
    before, start = os.times(), time.time()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = 0
    done = threading.Event()

    def watch():
        nonlocal peak
        while not done.wait(0.01):
            peak = max(peak, anonymous(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    out = process.communicate()[0]
    done.set()
    watcher.join()
    if process.returncode not in (0, 3):
        sys.exit(f"{command[0]} ended with {process.returncode}")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.time() - start, cpu, peak, out


def installed(module):
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode == 0


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--orders", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--folder", type=Path)
    arguments.add_argument("--only", default="polars,duckdb,pandas")
    arguments.add_argument("--before", type=Path)
    arguments.add_argument("--profile", default="release")
    given = arguments.parse_args()
    subprocess.run(["cargo", "build", "--profile", given.profile, "--bins", "--examples"], cwd=ROOT, check=True)
    built = ROOT / "target" / given.profile
    folder = given.folder or ROOT / "target" / "bench" / str(given.orders)
    if not folder.exists():
        subprocess.run([built / "examples/generate", str(given.orders), folder], check=True)
    report = folder.parent / "report.xlsx"
    wide = folder.parent / "wide"
    if not wide.exists():
        twins.wide(folder, wide / "orders.csv", WIDE[0] * given.orders // 1_000_000, WIDE[1])

    def audit(program, *more):
        return [program, "audit", folder, "--as-of", AS_OF, "--quiet", "-o", report, "--annotate", "none", *more]

    parts = built / "examples/parts"
    jobs = {
        "shipby": audit(built / "shipby"),
        "shipby, 1 thread": audit(built / "shipby", "--threads", "1"),
        "shipby, read and judge only": [parts, "judge", folder],
        "shipby, read only": [parts, "load", folder],
        "floor: bytes split": [parts, "split", folder],
        "floor: cells written": [parts, "plain", report],
    }
    if given.before:
        jobs["shipby before"] = audit(given.before)
    for peer in given.only.split(","):
        if peer and installed(peer):
            script = [sys.executable, HERE / f"with_{peer}.py", folder, report]
            jobs[f"{peer} + xlsxwriter"] = script
            jobs[f"{peer}, read and judge only"] = [*script, "judge"]
    jobs[ANNOTATED] = [parts, "annotated", wide, wide / "report.xlsx"]
    jobs[PLAIN] = [parts, "plain", wide / "report.xlsx"]
    if "polars" in given.only.split(",") and installed("fastexcel"):
        books = folder.parent / f"{folder.name}-xlsx"
        if not books.exists():
            twins.folder(folder, books)
        jobs[WORKBOOKS] = [parts, "judge", books]
        jobs[WORKBOOKS_PEER] = [sys.executable, HERE / "excel_with_polars.py", books]
    measured = {name: [] for name in jobs}
    for turn in range(given.rounds):
        for name, command in jobs.items():
            figures = run([str(word) for word in command])
            # This part first reads the cells from the report that shipby has just written; that does not count.
            plain = re.match(r"plain (\S+)", figures[3])
            if plain:
                figures = (float(plain[1]), float(plain[1]), *figures[2:])
            # Nor does what happened before writing began: seconds, and memory.
            written = re.match(r"annotated (\S+) (\S+) (\S+)", figures[3])
            if written:
                wall, cpu, memory = map(float, written.groups())
                figures = (wall, cpu, figures[2] - memory, figures[3])
            measured[name].append(figures)
            print(f"{turn + 1}/{given.rounds} {name}: {measured[name][-1][0]:.2f} s", file=sys.stderr)

    size = sum(f.stat().st_size for f in folder.rglob("*.csv")) / 1e6
    print(f"\n{given.orders:,} orders, {size:,.0f} MB of CSV, {os.cpu_count()} processors, median of {given.rounds}\n")
    print("| program | wall s | CPU s | anonymous MiB | wall, as a multiple of shipby's |\n|---|---|---|---|---|")
    middle = {name: [statistics.median(run[i] for run in runs) for i in range(3)] for name, runs in measured.items()}
    for name, (wall, cpu, memory) in middle.items():
        alone = "shipby, read and judge only" if "only" in name else "shipby"
        base = middle[{PLAIN: ANNOTATED, WORKBOOKS_PEER: WORKBOOKS}.get(name, name if name in (ANNOTATED, WORKBOOKS) else alone)][0]
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {memory:.0f} | {wall / base:.2f} |")
    floor = sum(middle[part][1] for part in ("floor: bytes split", "floor: cells written"))
    print(f"\nwhole job : floor {middle['shipby'][1] / floor:.2f} (processor seconds)")
    print(f"one sheet of {WIDE[0] * given.orders // 1_000_000:,} x {WIDE[1]} : its cells written plain "
          f"{middle[ANNOTATED][0] / middle[PLAIN][0]:.2f} (wall), {middle[ANNOTATED][1] / middle[PLAIN][1]:.2f} (processor)")
    if WORKBOOKS in middle:
        print(f"{WORKBOOKS_PEER} : {WORKBOOKS} "
              f"{middle[WORKBOOKS_PEER][0] / middle[WORKBOOKS][0]:.2f} (wall), {middle[WORKBOOKS_PEER][1] / middle[WORKBOOKS][1]:.2f} (processor)")
    for name, (wall, cpu, _) in middle.items():
        if "+ xlsxwriter" in name:
            print(f"{name} : whole job {wall / middle['shipby'][0]:.2f} (wall), {cpu / middle['shipby'][1]:.2f} (processor)")
    for name, runs in measured.items():
        for line in re.findall(r"^judge \S+ (\d+)", runs[-1][3], re.M):
            if "only" in name:
                print(f"\n{name}: {line} orders late or at risk", end="")
    print()


main()
