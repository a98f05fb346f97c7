"""The one process beside the server: it keeps the promises that need a clock or would keep a visitor waiting."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.checks import Tags
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from cms import health, renditions, schedule
from cms.plugins import call_hooks

logger = logging.getLogger(__name__)

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass
class Job:
    """Something done again and again, at once when the worker starts. ``every`` is in seconds.

    What takes long is done bit by bit, so that the others get their turn: ``do`` gives True if there is more to do.
    """

    name: str
    every: float
    do: Callable[[], object]
    due: float = field(default=0, init=False)

    def run(self) -> None:
        """An error is logged, and the job is tried again when its time comes."""
        try:
            more = self.do() is True
        except Exception:
            logger.exception("The job %s failed.", self.name)
            more = False
        self.due = time.monotonic() + (0 if more else self.every)


def forget_attempts_to_sign_in() -> None:
    """They tell who was where. What counts no longer is of use to nobody."""
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - settings.AXES_COOLOFF_TIME).delete()


def jobs() -> list[Job]:
    """The portal's own, and those of its parts and plugins: each a name, seconds between, and what to do."""
    return [
        Job("beat", 15, health.beat),
        Job("publish and expire", MINUTE, schedule.publish_and_expire),
        Job("withdraw pictures", MINUTE, renditions.withdraw),
        Job("new pictures", 2, renditions.make_next),
        Job("mend pictures", DAY, renditions.mend),
        Job("attempts to sign in", HOUR, forget_attempts_to_sign_in),
        Job("old sessions", DAY, SessionStore.clear_expired),
        *(Job(*job) for job in call_hooks("register_jobs")),
    ]


class Command(BaseCommand):
    help = "Publish what is due, make pictures in the sizes visitors get, tidy up; until told to stop."
    requires_system_checks = [Tags.security, "samverka"]  # the others look at code, which CI does

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do everything once and end.")

    def handle(self, *, once: bool, **options) -> None:
        stop = threading.Event()
        for asking in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asking, lambda *_: stop.set())
        work = jobs()
        while not stop.is_set():
            close_old_connections()
            for job in work:
                if job.due <= time.monotonic() and not stop.is_set():
                    job.run()
            pause = min(job.due for job in work) - time.monotonic()
            if once and pause > 0:
                return
            stop.wait(max(0, pause))
