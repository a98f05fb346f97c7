"""Whether the portal answers, and whether it can keep its promises: for those who watch over it and for load balancers."""

import logging
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

logger = logging.getLogger(__name__)

BEAT_SECONDS = 180  # how old the worker's last beat may be


def beat_file() -> Path:
    return settings.DATA_DIR / "worker-beat"


def beat() -> None:
    """The worker says that it is alive. A file, since it must be able to write there to do its work at all."""
    beat_file().touch()


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Nothing else is asked, so a database that is away does not get the server restarted."""
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, else 503 with what is not."""
    found = {name: problem() for name, problem in PROBLEMS.items()}
    ready = not any(found.values())
    return JsonResponse(
        {"status": "ok" if ready else "not ready", **{name: text or "ok" for name, text in found.items()}},
        status=200 if ready else 503,
    )


def database_problem() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer.")
        return "does not answer"
    return ""


def migrations_problem() -> str:
    """Asked until they are applied, then remembered: the code of a running process does not change."""
    if not migrations_problem.applied:
        try:
            executor = MigrationExecutor(connection)
            missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        except DatabaseError:
            return "unknown"
        if missing:
            return f"{missing} to apply: manage.py migrate"
        migrations_problem.applied = True
    return ""


migrations_problem.applied = False


def worker_problem() -> str:
    try:
        age = time.time() - beat_file().stat().st_mtime
    except OSError:
        return "has never run: manage.py worker"
    return f"was last seen {age / 60:.0f} minutes ago" if age > BEAT_SECONDS else ""


def disk_problem() -> str:
    for folder in (settings.MEDIA_ROOT, settings.ORIGINALS_ROOT):
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(bytes(1024))
        except OSError:
            logger.exception("Files cannot be written.")
            return "cannot be written"
    return ""


PROBLEMS: dict[str, Callable[[], str]] = {
    "database": database_problem,
    "migrations": migrations_problem,
    "worker": worker_problem,
    "disk": disk_problem,
}
