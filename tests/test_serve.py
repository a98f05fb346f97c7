"""What `make demo` leaves running lives and ends together."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIVES_ON = "import time; print('alive', flush=True); time.sleep(60)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + LIVES_ON


@pytest.fixture
def serve(tmp_path):
    """Starts scripts/serve.py with two small programs in the place of the server and its worker."""
    started = []

    def start(server: str, worker: str, port: int = 0):
        code = (
            "import sys, serve; serve.GRACE_SECONDS = 1;"
            f"serve.SERVER, serve.WORKER = ['-c', {server!r}], ['-c', {worker!r}]; sys.exit(serve.main())"
        )
        environment = {"PYTHONPATH": str(ROOT / "scripts"), "DATA_DIR": str(tmp_path), "PORT": str(port or free_port())}
        process = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=-1, stderr=-1, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def children(process) -> list[Path]:
    return [Path("/proc", pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def wait_for_both(process) -> None:
    said = ""
    while said.count("alive") < 2:
        said += process.stdout.readline()


@pytest.mark.parametrize(("server", "worker"), [(LIVES_ON, "exit(3)"), ("exit(3)", LIVES_ON)])
def test_when_one_ends_the_other_is_ended_and_its_code_is_told(serve, server, worker):
    assert serve(server, worker).wait(15) == 3


def test_one_that_ends_quietly_is_an_error_too(serve):
    assert serve(LIVES_ON, "exit(0)").wait(15) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("asking", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_leaves_nothing_behind(serve, asking):
    process = serve(LIVES_ON, LIVES_ON)
    wait_for_both(process)
    both = children(process)
    process.send_signal(asking)
    assert process.wait(15) == 0
    assert len(both) == 2
    assert not any(child.exists() for child in both)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_one_that_does_not_listen_is_ended_all_the_same(serve):
    process = serve(LIVES_ON, DEAF)
    wait_for_both(process)
    both = children(process)
    began = time.monotonic()
    process.terminate()
    assert process.wait(15) == 0
    assert 1 <= time.monotonic() - began < 10
    assert not any(child.exists() for child in both)


def test_a_taken_port_is_refused_in_words(serve):
    with socket.create_server(("127.0.0.1", 0)) as other:
        process = serve(LIVES_ON, LIVES_ON, port=other.getsockname()[1])
        assert process.wait(15) == 1
        assert "PORT=" in process.stderr.read()
