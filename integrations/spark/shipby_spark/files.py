"""Exports in a file system, and which of them go to one worker."""

import os
from dataclasses import dataclass
from typing import Iterable, List, Tuple

from pyarrow import fs

EXTENSIONS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".zip", ".parquet")

# A worker takes small stores together until they are this large: starting a program for each would cost more.
BUNDLE_BYTES = 64 << 20


@dataclass(frozen=True)
class Export:
    """A file: its path below the root, with `/` between folders, and its size."""

    path: str
    size: int

    @property
    def store(self) -> str:
        """The first folder below the root, after which shipby names the store; empty for files beside the folders."""
        return self.path.split("/", 1)[0] if "/" in self.path else ""


@dataclass(frozen=True)
class Bundle:
    """What one task audits: all files of some stores, so that tracking joins its orders there."""

    number: int
    stores: Tuple[str, ...]
    exports: Tuple[Export, ...]

    @property
    def size(self) -> int:
        return sum(export.size for export in self.exports)


def file_system(uri: str) -> Tuple[fs.FileSystem, str]:
    """The file system of a URI or local path, and the path in it."""
    if "://" not in uri:
        return fs.LocalFileSystem(), os.path.abspath(uri)
    return fs.FileSystem.from_uri(uri)


def list_exports(root: str) -> List[Export]:
    """Every export below a folder, by path. Hidden files and folders and lock files are passed over, as shipby does."""
    system, base = file_system(root)
    found = []
    for info in system.get_file_info(fs.FileSelector(base, recursive=True)):
        if info.type != fs.FileType.File:
            continue
        path = os.path.relpath(info.path, base).replace(os.sep, "/")
        hidden = any(step.startswith(".") for step in path.split("/"))
        if not hidden and not info.base_name.startswith("~$") and path.lower().endswith(EXTENSIONS):
            found.append(Export(path, info.size or 0))
    return sorted(found, key=lambda export: export.path)


def bundles(exports: Iterable[Export], bundle_bytes: int = BUNDLE_BYTES) -> List[Bundle]:
    """Groups exports by store and packs small stores together; the largest bundle comes first, as it takes longest."""
    stores = {}
    for export in exports:
        stores.setdefault(export.store, []).append(export)
    packed, now = [], []
    for store in sorted(stores):
        if now and sum(e.size for s in now for e in stores[s]) + sum(e.size for e in stores[store]) > bundle_bytes:
            packed.append(now)
            now = []
        now = now + [store]
    if now:
        packed.append(now)
    made = [Bundle(0, tuple(names), tuple(e for name in names for e in stores[name])) for names in packed]
    made.sort(key=lambda bundle: (-bundle.size, bundle.stores))
    return [Bundle(number, bundle.stores, bundle.exports) for number, bundle in enumerate(made)]
