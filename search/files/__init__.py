"""Text inside files: read by a process of its own, which may take so long, so much memory and so much of a file, and no more."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

READABLE = ("pdf", "docx")
SECONDS, MOST_BYTES = 10, 20_000_000
LARGE, SLOW, DAMAGED = "large", "slow", "damaged"  # what the process cannot say itself; it says "encrypted" and "empty"
PROGRAM = Path(__file__).with_name("reading.py")


@dataclass(frozen=True)
class Read:
    """The text of each page, a Word document being one; or why there is none."""

    pages: list[str] = field(default_factory=list)
    problem: str = ""


def read(path: Path, seconds: float = SECONDS) -> Read:
    """Never raises for anything that a file may hold."""
    if path.stat().st_size > MOST_BYTES:
        return Read(problem=LARGE)
    command = [sys.executable, "-I", str(PROGRAM), str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, env={}, check=False)  # noqa: S603 a program of ours
    except subprocess.TimeoutExpired:
        return Read(problem=SLOW)
    try:
        return Read(**json.loads(done.stdout))
    except (ValueError, TypeError):  # it was stopped by its limits, or fell
        return Read(problem=DAMAGED)
