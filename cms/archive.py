"""A backup: the database and the files that belong to it in one archive, which says what it holds and can tell if it is damaged.

Sizes of pictures are not in it, since the worker makes them anew, and neither is the machine's secret key.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from cms import dump

FORMAT, MANIFEST, DATABASE, ORIGINALS = "samverka-backup-1", "manifest.json", "database", "originals"


class Refused(Exception):
    """The archive is damaged, of something else, or not for this portal. Says why. Nothing has been touched."""


def write(target: Path) -> dict:
    """Makes the archive and gives its manifest. It appears under its name only when it is whole."""
    with beside(settings.DATA_DIR, "backup") as folder:
        keep_originals(folder / ORIGINALS)
        counts = dump.save(folder / DATABASE)
        keep_originals(folder / ORIGINALS)  # what came while the database was written
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        manifest = {
            "format": FORMAT,
            "made": timezone.now().isoformat(timespec="seconds"),
            "database": connection.vendor,
            "migrations": sorted(f"{app}.{name}" for app, name in MigrationLoader(connection).applied_migrations),
            "counts": counts,
            "files": {path.relative_to(folder).as_posix(): [path.stat().st_size, digest(path)] for path in files},
        }
        part = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            with tarfile.open(part, "w:gz", compresslevel=6) as archive:
                text = json.dumps(manifest, indent=1).encode()
                archive.addfile(described(MANIFEST, len(text)), io.BytesIO(text))
                for name in manifest["files"]:
                    with (folder / name).open("rb") as file:
                        archive.addfile(described(name, manifest["files"][name][0]), file)
            part.chmod(0o600)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    return manifest


@contextmanager
def unpacked(source: Path) -> Iterator[tuple[Path, dict]]:
    """The folder with what the archive holds, once all of it has been found right, and its manifest."""
    with beside(settings.DATA_DIR, "restore") as folder:
        try:
            with tarfile.open(source, "r:gz") as archive:
                manifest = read_manifest(archive)
                unpack(archive, manifest["files"], folder)
        except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refused(f"{source} is no whole backup: {error}") from error
        dump.check(folder / DATABASE, manifest["counts"])
        (folder / ORIGINALS).mkdir(exist_ok=True)
        yield folder, manifest


def restore(folder: Path, manifest: dict) -> None:
    """Puts in place what was unpacked: the files first, which can be put back, and then the database, in one transaction."""
    originals, before = Path(settings.ORIGINALS_ROOT), Path(settings.ORIGINALS_ROOT).with_name("originals-before-restore")
    if before.exists():  # an earlier restore was killed half-way: what it had set aside is what was there
        shutil.rmtree(originals, ignore_errors=True)
        before.rename(originals)
    originals.mkdir(parents=True, exist_ok=True)
    originals.rename(before)
    try:
        (folder / ORIGINALS).rename(originals)
        dump.load(folder / DATABASE)
    except BaseException:
        if originals.exists():
            shutil.rmtree(originals)
        before.rename(originals)
        raise
    shutil.rmtree(before)


def read_manifest(archive: tarfile.TarFile) -> dict:
    first = archive.next()
    if first is None or first.name != MANIFEST or not (file := archive.extractfile(first)):
        raise Refused("This is no backup of Samverka.")
    manifest = json.load(file)
    if manifest.get("format") != FORMAT:
        raise Refused(f"This backup has the format {manifest.get('format')}, this portal reads {FORMAT}.")
    if manifest["database"] != connection.vendor:
        raise Refused(f"This backup is of {manifest['database']}, this portal runs on {connection.vendor}.")
    if unknown := set(manifest["migrations"]) - {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}:
        raise Refused(f"This backup is of a newer version, or one with other plugins: {', '.join(sorted(unknown)[:5])}")
    needed, free = sum(size for size, _ in manifest["files"].values()), shutil.disk_usage(settings.DATA_DIR).free
    if needed > free:
        raise Refused(f"{needed // 2**20} MB are needed, {free // 2**20} MB are free.")
    return manifest


def unpack(archive: tarfile.TarFile, files: dict[str, list], folder: Path) -> None:
    """Only plain files that the manifest names, each to its place below the folder, and none too few."""
    missing = dict(files)
    for member in archive:
        if member.name == MANIFEST:
            continue
        size, expected = missing.pop(member.name, (None, None))
        if size != member.size or not member.isreg() or not lies_below(member.name):
            raise Refused(f"{member.name} does not belong in this backup.")
        target = folder / member.name
        target.parent.mkdir(parents=True, exist_ok=True)
        packed = archive.extractfile(member)
        if packed is None:
            raise Refused(f"{member.name} does not belong in this backup.")
        with packed, target.open("xb") as file:
            shutil.copyfileobj(packed, file)
        if digest(target) != expected:
            raise Refused(f"{member.name} is damaged.")
    if missing:
        raise Refused(f"{len(missing)} files are missing, such as {min(missing)}.")


def lies_below(name: str) -> bool:
    """Whether a name is that of the database or of an original, and leads nowhere else."""
    path = PurePosixPath(name)
    return name == DATABASE or (
        path.parts[:1] == (ORIGINALS,) and len(path.parts) > 1 and ".." not in path.parts and str(path) == name
    )


def keep_originals(folder: Path) -> None:
    """Links to all originals there are, so that what is deleted meanwhile is still in the backup. They never change."""
    root = Path(settings.ORIGINALS_ROOT)
    for path in root.rglob("*"):
        target = folder / path.relative_to(root)
        if path.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, target)
            except FileNotFoundError:
                continue
            except OSError:  # a file system without links
                shutil.copyfile(path, target)


@contextmanager
def beside(folder: Path, purpose: str) -> Iterator[Path]:
    """A folder for the time being, on the same disk, so that files can be linked and moved."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=f"{purpose}-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def described(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
