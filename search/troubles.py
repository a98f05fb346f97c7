"""The last error of each engine, for those who look after the portal. A file, since the database may be part of the trouble."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True)
class Trouble:
    told: str
    at: datetime


def file_of(engine: str) -> Path:
    return Path(settings.SEARCH_ROOT) / f"{engine}.trouble"


def note(engine: str, error: Exception) -> None:
    told = {"told": f"{type(error).__name__}: {error}", "at": timezone.now().isoformat()}
    file_of(engine).parent.mkdir(parents=True, exist_ok=True)
    new = file_of(engine).with_suffix(".new")
    new.write_text(json.dumps(told))
    new.replace(file_of(engine))


def last(engine: str) -> Trouble | None:
    try:
        told = json.loads(file_of(engine).read_text())
        return Trouble(told["told"], datetime.fromisoformat(told["at"]))
    except (OSError, ValueError, KeyError):
        return None
