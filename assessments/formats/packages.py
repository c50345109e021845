"""Content packages: zip files, looked at in full before anything in them is unpacked."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from struct import error as StructError

from assessments.formats.exchange import MOST_BYTES, FileRefused

MOST_UNPACKED = 100_000_000
MOST_ENTRIES = 40_000
MOST_TIMES = 100  # as large as packed; texts come to 10
SMALL = 100_000  # a file this small is no bomb, however well it packs
ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar", ".jar", ".imscc")
BEGINS_A_ZIP = b"PK\x03\x04"
UNREADABLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError,
    StructError, ValueError, OverflowError,
)  # fmt: skip
MADE = (2026, 1, 1, 0, 0, 0)  # the same questions make the same file


def is_package(content: bytes) -> bool:
    return content.startswith(b"PK")


class Package:
    """A zip file whose list of files is sound; a file is unpacked when it is asked for."""

    def __init__(self, content: bytes) -> None:
        if len(content) > MOST_BYTES:
            raise FileRefused(f"the package has {len(content) / 1e6:.1f} MB; {MOST_BYTES // 1_000_000} is the most")
        try:
            self.zip = zipfile.ZipFile(BytesIO(content))
        except UNREADABLE:
            raise FileRefused("this is no zip file that can be read; it may be incomplete") from None
        self.entries = {entry.filename: entry for entry in self.zip.infolist() if not entry.filename.endswith("/")}
        self._check(len(content))

    def _check(self, size: int) -> None:
        listed = self.zip.infolist()
        if len(listed) > MOST_ENTRIES:
            raise FileRefused(f"the package has {len(listed)} files; {MOST_ENTRIES} is the most")
        names = set[str]()
        for entry in listed:
            _check_name(entry)
            _check_size(entry)
            if entry.filename.casefold() in names:
                raise FileRefused(f'the package has two files named "{_shown(entry)}"')
            names.add(entry.filename.casefold())
        total = sum(entry.file_size for entry in listed)
        if total > MOST_UNPACKED:
            raise FileRefused(
                f"unpacked, the package has {total / 1e6:.0f} MB; {MOST_UNPACKED // 1_000_000} is the most"
            )
        if sum(entry.compress_size for entry in listed) > size:
            raise FileRefused("files of the package overlap: it is made to blow up when it is unpacked")

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def read(self, name: str) -> bytes:
        """The content of a file of the package; never more than its entry says."""
        entry = self.entries[name]
        try:
            with self.zip.open(entry) as file:
                content = file.read(entry.file_size + 1)
        except UNREADABLE:
            raise FileRefused(f'the file "{_shown(entry)}" of the package cannot be unpacked') from None
        if len(content) != entry.file_size:
            raise FileRefused(f'the file "{_shown(entry)}" of the package is not as long as it says')
        return content


def _shown(entry: zipfile.ZipInfo) -> str:
    return entry.filename[:120]


def _check_name(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    outside = name.startswith("/") or "\\" in name or ":" in name.split("/")[0] or ".." in name.split("/")
    if outside or stat.S_ISLNK(entry.external_attr >> 16):
        raise FileRefused(f'the file "{_shown(entry)}" would lie outside of the package')
    if entry.flag_bits & 1:
        raise FileRefused(f'the file "{_shown(entry)}" is encrypted; export the package without a password')
    if name.lower().endswith(ARCHIVES):
        raise FileRefused(f'the package holds another archive, "{_shown(entry)}"; unpack it and import it by itself')


def _check_size(entry: zipfile.ZipInfo) -> None:
    if entry.file_size > SMALL and entry.file_size > MOST_TIMES * max(1, entry.compress_size):
        raise FileRefused(f'the file "{_shown(entry)}" blows up to {entry.file_size / 1e6:.1f} MB when it is unpacked')


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip file with these files; the same files make the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, MADE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
