"""Serves the portal with its worker on this machine until Ctrl-C. When one of the two ends, so does the other.

HOST (127.0.0.1) and PORT (8000) say where. Nothing of the portal is loaded here: the two start side by side,
and this costs them neither time nor memory.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = int(os.environ.get("PORT") or 8000)
BASE_URL = os.environ.setdefault("BASE_URL", f"http://localhost:{PORT}")
MEDIA = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve() / "media"
GRACE_SECONDS = 10
NICE = 5  # of the worker: visitors come first

SERVER = ["-m", "granian", "--interface=wsgi", "--no-ws", f"--host={HOST}", f"--port={PORT}"]
SERVER += ["--workers=1", "--blocking-threads=1", "--log-level=warning"]
SERVER += ["--static-path-route=/media", f"--static-path-mount={MEDIA}", "cms.wsgi:application"]
WORKER = ["manage.py", "worker"]


def start(arguments: list[str]) -> subprocess.Popen:
    """In a process group of its own, so that Ctrl-C reaches only us, and we end both in order."""
    environment = {"MALLOC_ARENA_MAX": "1", **os.environ}  # else each thread keeps memory of its own
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, process_group=0)


def end(processes: list[subprocess.Popen]) -> None:
    """Asks each to finish what it is doing, and does not ask for ever."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def first_code(processes: list[subprocess.Popen]) -> int:
    """The exit code of the one that ends first; neither should, so it is never 0."""
    while True:
        for process in processes:
            if process.poll() is not None:
                return process.returncode if process.returncode > 0 else 1
        time.sleep(0.2)


def asked_to_stop(*_) -> None:
    raise SystemExit(0)


def refuse_a_taken_port() -> None:
    """Granian would share it in silence, and each program get every other visitor."""
    try:
        socket.create_server((HOST, PORT)).close()
    except OSError as error:
        sys.exit(f"{error.strerror}. To use another port: PORT={PORT + 1}")


def main() -> int:
    refuse_a_taken_port()
    MEDIA.mkdir(parents=True, exist_ok=True)
    for asking in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asking, asked_to_stop)
    processes: list[subprocess.Popen] = []
    try:
        processes += [start(SERVER), start(WORKER)]
        os.setpriority(os.PRIO_PROCESS, processes[-1].pid, NICE)
        print(f"Samverka: {BASE_URL}/  English: {BASE_URL}/en/  editors: {BASE_URL}/admin/  Stop: Ctrl-C", flush=True)
        return first_code(processes)
    finally:
        end(processes)


if __name__ == "__main__":
    sys.exit(main())
