"""Exports below a folder, and which of them go to one worker."""

import os
from dataclasses import dataclass
from typing import Iterable, Iterator, List, Optional, Tuple

from .hadoop import Hadoop, is_local, local_path

EXTENSIONS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".zip", ".parquet")

# A worker takes small stores together until they are this large or so many: starting a program for each would cost more.
BUNDLE_BYTES = 64 << 20
BUNDLE_STORES = 1000


@dataclass(frozen=True)
class Export:
    """A file: its path below the root, with `/` between folders, and its size."""

    path: str
    size: int

    @property
    def top(self) -> str:
        """The first step of its path: its store's folder, or itself where it lies beside the folders."""
        return self.path.split("/", 1)[0]

    @property
    def store(self) -> str:
        """The first folder below the root, after which shipby names the store; empty for files beside the folders."""
        # A name that is no UTF-8 is shown as shipby shows it.
        return os.fsencode(self.top).decode("utf-8", "replace") if "/" in self.path else ""


@dataclass(frozen=True)
class Bundle:
    """What one task audits: all files of some stores, so that tracking joins its orders there."""

    number: int
    stores: Tuple[str, ...]
    exports: Tuple[Export, ...]

    @property
    def size(self) -> int:
        return sum(export.size for export in self.exports)


def list_exports(root: str, hadoop: Optional[Hadoop] = None) -> List[Export]:
    """Every export below a folder, by path. Hidden files and folders, lock files and links are passed over, as shipby
    does. A root that is not on this machine is listed by `hadoop`."""
    if is_local(root):
        there = _walk(local_path(root), "")
    else:
        there = hadoop.files(root)
    found = [Export(path, size or 0) for path, size in there if size is None or _is_wanted(path)]
    return sorted(found, key=lambda export: export.path)


def _is_wanted(path: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    hidden = any(step.startswith(".") for step in path.split("/"))
    return not hidden and not name.startswith("~$") and name.lower().endswith(EXTENSIONS)


def _walk(base: str, below: str) -> Iterator[Tuple[str, Optional[int]]]:
    try:
        listed = os.scandir(os.path.join(base, below))
    except PermissionError:
        if not below:
            raise
        # shipby names a folder that it may not list among its inputs.
        yield below, None
        return
    with listed as entries:
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                yield from _walk(base, path)
            elif entry.is_file(follow_symlinks=False):
                yield path, entry.stat().st_size


def bundles(
    exports: Iterable[Export], bundle_bytes: int = BUNDLE_BYTES, bundle_stores: int = BUNDLE_STORES
) -> List[Bundle]:
    """Groups exports by store and packs small stores together; the largest bundle comes first, as it takes longest."""
    stores = {}
    for export in exports:
        stores.setdefault(export.top if "/" in export.path else "", []).append(export)
    packed, now, size = [], [], 0
    for store in sorted(stores):
        more = sum(export.size for export in stores[store])
        if now and (size + more > bundle_bytes or len(now) >= bundle_stores):
            packed.append(now)
            now, size = [], 0
        now.append(store)
        size += more
    if now:
        packed.append(now)
    made = [
        Bundle(0, tuple(stores[name][0].store for name in names), tuple(e for name in names for e in stores[name]))
        for names in packed
    ]
    made.sort(key=lambda bundle: (-bundle.size, bundle.stores))
    return [Bundle(number, bundle.stores, bundle.exports) for number, bundle in enumerate(made)]
