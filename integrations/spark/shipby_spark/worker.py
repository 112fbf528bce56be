"""What a task does: fetch the files of a bundle, run shipby, put the part where it belongs.

Nothing here raises for a bundle that cannot be audited: that is a row with the reason. A task that Spark runs again
writes the same part under the same name.
"""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from typing import Dict, List, Optional, Tuple

from .hadoop import Hadoop, is_local, local_path, reason


@dataclass(frozen=True)
class Settings:
    """What every task is told."""

    root: str
    parts: str
    # The archive that was sent along, and what lies where in it: the program, and options whose value is a file.
    archive: str
    binary: str
    beside: Tuple[Tuple[str, str], ...]
    as_of: str
    config: Optional[str] = None
    threads: int = 1
    timeout: int = 3600
    # Hadoop's configuration, where root or parts are in another file system.
    hadoop: str = field(default="", repr=False)
    class_path: Tuple[str, ...] = ()

    def file_system(self) -> Hadoop:
        return Hadoop.of_worker(self.hadoop, self.class_path)


@dataclass(frozen=True)
class Done:
    """What came of a bundle. `status` is `done`, `incomplete` (some file could not be read) or `failed`."""

    part: Optional[str]
    status: str
    error: str
    seconds: float


def run_bundle(settings: Settings, paths: List[str]) -> Done:
    """Audits some files into a part."""
    begun = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="shipby-") as scratch:
            part, status, error = _run(settings, paths, scratch)
    except subprocess.TimeoutExpired:
        part, status, error = None, "failed", f"shipby did not end within {settings.timeout} s"
    except Exception as fault:  # whatever it is, it is this bundle's alone
        part, status, error = None, "failed", reason(fault)
    return Done(part, status, error[-4000:], time.monotonic() - begun)


def ended(status: int) -> str:
    """How a program ended that said nothing."""
    if status >= 0:
        return f"shipby ended with {status}"
    name = signal.Signals(-status).name
    return f"shipby was ended by {name}" + (", as when memory is short" if name == "SIGKILL" else "")


def _run(settings: Settings, paths: List[str], scratch: str):
    from pyspark import SparkFiles

    archive = SparkFiles.get(settings.archive)
    root = _fetched(settings, paths, scratch)
    local = is_local(settings.parts)
    parts = local_path(settings.parts) if local else os.path.join(scratch, "parts")
    # Names of files can be more than a command line holds, so whole stores go by their folders.
    inputs = sorted({path.split("/", 1)[0] for path in paths})
    command = [runnable(os.path.join(archive, settings.binary), scratch), "audit"]
    command += [os.path.join(root, name) for name in inputs]
    command += ["--root", root, "--part", parts, "--as-of", settings.as_of, "--lang", "en"]
    command += ["--threads", str(settings.threads)]
    if settings.config:
        command += ["--config", os.path.join(root, settings.config)]
    for option, name in settings.beside:
        command += [f"--{option}", os.path.join(archive, name)]
    # A configuration that happens to lie where Spark works is none of ours.
    ran = subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", timeout=settings.timeout, cwd=scratch
    )
    said = ran.stderr.strip()
    if ran.returncode not in (0, 3):
        return None, "failed", said or ended(ran.returncode)
    name = re.findall(r"part-[0-9a-f]{16}", ran.stdout)[-1]
    if local:
        written = os.path.join(parts, name)
    else:
        written = settings.file_system().put_part(os.path.join(parts, name), settings.parts)
    return written, "done" if ran.returncode == 0 else "incomplete", said


def runnable(path: str, scratch: str) -> str:
    """The program, made runnable: an archive that was unpacked may have lost that."""
    if not os.access(path, os.X_OK):
        try:
            os.chmod(path, 0o755)
        except OSError:
            path = shutil.copyfile(path, os.path.join(scratch, "shipby"))
            os.chmod(path, 0o755)
    return os.path.abspath(path)


def _fetched(settings: Settings, paths: List[str], scratch: str) -> str:
    """The root as a local folder: itself, or one with copies of what is needed of it."""
    if is_local(settings.root):
        return local_path(settings.root)
    root = os.path.join(scratch, "root")
    hadoop = settings.file_system()
    for path in paths + ([settings.config] if settings.config else []):
        target = os.path.join(root, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        hadoop.fetch(f"{settings.root}/{path}", target)
    return root
