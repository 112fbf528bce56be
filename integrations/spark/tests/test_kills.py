"""Executors that are killed, in processes of their own, change nothing."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from conftest import AS_OF, merged, single, wrapped
from shipby_spark import audit

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="executors are found in /proc")


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


def wait_for(happened, seconds=120):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def parent_of(process):
    """The parent of a process."""
    return int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])


def executor_of(process, all_executors):
    """The executor that a process descends from."""
    while process > 1 and process not in all_executors:
        process = parent_of(process)
    return process


class Killer(threading.Thread):
    """Does something beside the job; what it raises is raised by `done`."""

    def __init__(self, work):
        super().__init__()
        self.work, self.fault = work, None
        self.start()

    def run(self):
        try:
            self.work()
        except BaseException as fault:
            self.fault = fault

    def done(self):
        self.join()
        if self.fault:
            raise self.fault


def test_an_executor_killed_twice_changes_nothing(spark, binary, exports, tmp_path):
    slow = wrapped(tmp_path, binary, 'echo $$ >> {folder}/begun\nsleep 1\nexec {binary} "$@"')
    begun = tmp_path / "begun"

    def count():
        return len(begun.read_text().split()) if begun.exists() else 0

    def kill():
        for _ in range(2):
            before = count()
            wait_for(lambda: count() > before)
            own = executors(spark.sparkContext.applicationId)
            last = int(begun.read_text().split()[-1])
            os.kill(executor_of(last, own), signal.SIGKILL)

    killer = Killer(kill)
    audited = audit(spark, str(exports), str(tmp_path / "parts"), binary=slow, as_of=AS_OF, bundle_bytes=0)
    killer.done()
    assert count() > 9, "no task was run again"
    assert not audited.failed and len(audited.parts) == 8
    assert merged(binary, audited, tmp_path) == single(binary, exports, tmp_path)


def test_an_executor_killed_while_it_writes_leaves_no_half_part(spark, binary, exports, tmp_path):
    # The first worker is stopped between its tables: what it wrote lies aside, and its executor is killed.
    script = """mkdir {folder}/first 2>/dev/null || exec {binary} "$@"
{binary} "$@" &
while ! ls {folder}/parts/.shipby-part-*/lines.parquet >/dev/null 2>&1; do kill -0 $! 2>/dev/null || exit 9; done
kill -STOP $!
echo $! $$ > {folder}/stopped
sleep 120
"""
    stopped = tmp_path / "stopped"
    halves = []

    def kill():
        wait_for(lambda: stopped.exists() and len(stopped.read_text().split()) == 2)
        child, shell = map(int, stopped.read_text().split())
        halves.extend((tmp_path / "parts").glob(".shipby-part-*"))
        os.kill(executor_of(child, executors(spark.sparkContext.applicationId)), signal.SIGKILL)
        os.kill(shell, signal.SIGKILL)
        os.kill(child, signal.SIGKILL)

    killer = Killer(kill)
    slow = wrapped(tmp_path, binary, script)
    audited = audit(spark, str(exports), str(tmp_path / "parts"), binary=slow, as_of=AS_OF, bundle_bytes=0)
    killer.done()
    assert halves and not any((half / "part.json").exists() for half in halves), "nothing was half written"
    assert not audited.failed and len(audited.parts) == 8
    assert merged(binary, audited, tmp_path) == single(binary, exports, tmp_path)
