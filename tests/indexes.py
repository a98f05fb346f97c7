"""The search index of the tests: one of the demo for all of them, and a copy of it for those that change what is found."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

from django.conf import settings

from cms.events import ContentEvent, recorded
from search.edition import read_as_made
from search.engines import engine
from search.sync import changed, write
from search.upkeep import ensure

MAKES_DOCUMENTS = ["search/**/*", "cms/*.py", "cms/vocabulary/*.py", "cms/blocks/*.py", "directory/**/*.py", "knowledge/**/*.py"]


def demo_index(database: Path, is_new: bool) -> None:
    """Made once of a kept database and by the same code. No test writes to it: what is committed is followed by nobody."""
    recorded.disconnect(dispatch_uid="samverka-search")
    kept = database.with_suffix(f".{code()}")
    if is_new:
        shutil.rmtree(kept, ignore_errors=True)  # of one that was made before and is gone, as PostgreSQL's is when it stops
    if kept.exists():
        settings.SEARCH_ROOT = kept
        read_as_made(engine())
        return
    ensure(engine())
    forget_old(kept.parent)
    settings.SEARCH_ROOT.rename(kept)
    settings.SEARCH_ROOT = kept


def code() -> str:
    files = sorted(path for pattern in MAKES_DOCUMENTS for path in settings.BASE_DIR.glob(pattern) if path.is_file())
    kept = [path.read_bytes() for path in files if path.suffix != ".pyc"]
    return hashlib.sha256(b"".join(kept)).hexdigest()[:16]


def forget_old(folder: Path) -> None:
    indexes = sorted((path for path in folder.glob("demo-*") if path.is_dir()), key=lambda path: path.stat().st_mtime)
    for old in indexes[:-5]:
        shutil.rmtree(old, ignore_errors=True)


def copy_index(target: Path) -> Path:
    shutil.copytree(settings.SEARCH_ROOT, target, symlinks=True)
    return target


@contextmanager
def follow_what_is_saved(settings, folder: Path) -> Iterator[None]:
    """As in a running portal, but without waiting for a commit that never comes: whoever asks sees what was saved before."""
    settings.SEARCH_ROOT = copy_index(folder / "search")
    index = engine()
    waiting: list[ContentEvent] = []

    def note(events: list[ContentEvent], **kwargs) -> None:
        waiting.extend(events)

    def up_to_date(method):
        @wraps(method)
        def asked(*args, **kwargs):
            new, waiting[:] = [*waiting], []
            write(index, changed(index, new))
            return method(*args, **kwargs)

        return asked

    for name in ("searching", "stored"):
        setattr(index, name, up_to_date(getattr(index, name)))
    recorded.connect(note, weak=False, dispatch_uid="samverka-tests")
    yield
    recorded.disconnect(dispatch_uid="samverka-tests")
