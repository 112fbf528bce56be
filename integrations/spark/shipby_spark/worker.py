"""What a task does: fetch the files of a bundle, run shipby, put the part where it belongs.

Nothing here raises for a bundle that cannot be audited: that is a row with the reason. A task that Spark runs again
writes the same part under the same name.
"""

import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from typing import Dict, List, Optional

from pyarrow import fs

from .files import file_system

MANIFEST = "part.json"


@dataclass(frozen=True)
class Settings:
    """What every task is told."""

    root: str
    parts: str
    binary: str
    as_of: str
    config: Optional[str] = None
    # Options whose value is a file that is sent along: casebook, rulebook, profile.
    beside: Dict[str, List[str]] = field(default_factory=dict)
    threads: int = 1
    timeout: int = 3600


@dataclass(frozen=True)
class Done:
    """What came of a bundle. `status` is `done`, `incomplete` (some file could not be read) or `failed`."""

    part: Optional[str]
    status: str
    error: str
    seconds: float


def is_local(uri: str) -> bool:
    return "://" not in uri or uri.startswith("file://")


def sent(name: str) -> str:
    """A file that was sent along with the job, or one that is on this machine anyway."""
    from pyspark import SparkFiles

    path = SparkFiles.get(os.path.basename(name))
    return path if os.path.exists(path) else name


def runnable(binary: str, folder: str) -> str:
    """The program, made runnable: files that Spark sends along may have lost that."""
    path = sent(binary)
    if os.access(path, os.X_OK):
        return os.path.abspath(path)
    copy = os.path.join(folder, "shipby")
    shutil.copyfile(path, copy)
    os.chmod(copy, 0o755)
    return copy


def run_bundle(settings: Settings, paths: List[str]) -> Done:
    """Audits some files into a part."""
    begun = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="shipby-") as scratch:
            part, status, error = _run(settings, paths, scratch)
    except Exception as fault:  # whatever it is, it is this bundle's alone
        part, status, error = None, "failed", f"{type(fault).__name__}: {fault}"
    return Done(part, status, error[-4000:], time.monotonic() - begun)


def _run(settings: Settings, paths: List[str], scratch: str):
    root = _fetched(settings, paths, scratch)
    local = is_local(settings.parts)
    parts = file_system(settings.parts)[1] if local else os.path.join(scratch, "parts")
    # Names of files can be more than a command line holds, so whole stores go by their folders.
    inputs = sorted({path.split("/", 1)[0] for path in paths})
    command = [runnable(settings.binary, scratch), "audit"]
    command += [os.path.join(root, name) for name in inputs]
    command += ["--root", root, "--part", parts, "--as-of", settings.as_of, "--lang", "en"]
    command += ["--threads", str(settings.threads)]
    if settings.config:
        command += ["--config", os.path.join(root, settings.config)]
    for option, names in settings.beside.items():
        for name in names:
            command += [f"--{option}", sent(name)]
    # A configuration that happens to lie where Spark works is none of ours.
    ran = subprocess.run(command, capture_output=True, text=True, timeout=settings.timeout, cwd=scratch)
    said = ran.stderr.strip()
    if ran.returncode not in (0, 3):
        return None, "failed", said or f"shipby ended with {ran.returncode}"
    written = ran.stdout.split("part written to ", 1)[1].rsplit(": ", 1)[0]
    if not local:
        written = _put(written, settings.parts)
    return written, "done" if ran.returncode == 0 else "incomplete", said


def _fetched(settings: Settings, paths: List[str], scratch: str) -> str:
    """The root as a local folder: itself, or one with copies of what is needed of it."""
    system, base = file_system(settings.root)
    if is_local(settings.root):
        return base
    root = os.path.join(scratch, "root")
    wanted = paths + ([settings.config] if settings.config else [])
    for path in wanted:
        target = os.path.join(root, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        fs.copy_files(f"{base}/{path}", target, source_filesystem=system)
    return root


def _put(part: str, parts: str) -> str:
    """Copies a part to another file system, its manifest last: until then it is none."""
    system, base = file_system(parts)
    name = os.path.basename(part)
    target = f"{base}/{name}"
    system.create_dir(target, recursive=True)
    for file in sorted(os.listdir(part), key=lambda file: file == MANIFEST):
        fs.copy_files(os.path.join(part, file), f"{target}/{file}", destination_filesystem=system)
    return f"{parts.rstrip('/')}/{name}"
