"""The file of a backup: a tar with the manifest and the copied database, whole or not there."""

import os
import tarfile
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from typing import IO

from models.keeping.manifest import CHUNK, BackupError, Manifest, sha256_of

MANIFEST, DATABASE = "manifest.json", "database"
MOST_MANIFEST = 1 << 20
TORN = "the file is no backup of this program, or one that broke off"


def partial(target: Path) -> Path:
    """Name a file beside the target, under which it is written until it is whole."""
    return target.with_name(f".{target.name}.{token_hex(4)}.partial")


def pack(target: Path, manifest: Manifest, database: Path) -> None:
    """Write a backup that its owner alone can read.

    It stands under its name once all of it is on the disk, and not before.
    """
    unfinished = partial(target)
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                told = manifest.to_text().encode()
                tar.addfile(_member(MANIFEST, len(told)), BytesIO(told))
                with database.open("rb") as source:
                    tar.addfile(_member(DATABASE, manifest.size), source)
            file.flush()
            os.fsync(file.fileno())
        settle(unfinished, target)
    except OSError as error:
        raise BackupError(f"{target} cannot be written ({error.strerror or error})") from error
    finally:
        unfinished.unlink(missing_ok=True)


def settle(written: Path, target: Path) -> None:
    """Give a written file its name, to last: the folder is on the disk, too, when this returns."""
    written.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_manifest(source: Path) -> Manifest:
    """Read what a backup says of itself; BackupError where it is none."""
    try:
        with tarfile.open(source, "r:") as tar:
            return _manifest(tar)
    except FileNotFoundError:
        raise BackupError(f"there is no {source}") from None
    except (tarfile.TarError, OSError, UnicodeDecodeError):
        raise BackupError(TORN) from None


def unpack(source: Path, target: Path) -> Manifest:
    """Write the database of a backup to a file; BackupError where it is not what was packed."""
    manifest = read_manifest(source)
    try:
        with tarfile.open(source, "r:") as tar, target.open("wb") as file:
            packed = _second(tar)
            while chunk := packed.read(CHUNK):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except tarfile.TarError:
        raise BackupError(TORN) from None
    except OSError as error:
        raise BackupError(f"the backup cannot be unpacked ({error})") from None
    if target.stat().st_size != manifest.size or sha256_of(target) != manifest.sha256:
        raise BackupError("the backup is damaged: its database is not the one that was packed")
    return manifest


def _manifest(tar: tarfile.TarFile) -> Manifest:
    member = tar.next()
    file = tar.extractfile(member) if member and member.name == MANIFEST else None
    if file is None or member is None or member.size > MOST_MANIFEST:
        raise BackupError(TORN)
    return Manifest.from_text(file.read().decode())


def _second(tar: tarfile.TarFile) -> IO[bytes]:
    tar.next()
    member = tar.next()
    file = tar.extractfile(member) if member and member.name == DATABASE else None
    if file is None:
        raise BackupError(TORN)
    return file


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member
