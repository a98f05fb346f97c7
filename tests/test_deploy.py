"""Safe when nothing is set, and everything that can be set stands in the README."""

import os
import re
import subprocess
import sys

import pytest

from cms import deploy

from .own_site import ROOT

README = (ROOT / "README.md").read_text()


def check(tmp_path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    known = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-W", "ignore", "manage.py", "check", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**known, **environment}, capture_output=True, text=True, check=False)


def test_a_portal_on_the_net_has_nothing_to_complain_of(tmp_path):
    key = "k9-Vq3mZ_w7Rt2" * 5
    answer = check(tmp_path, "--deploy", "--fail-level=WARNING", BASE_URL="https://portal.example.org", SECRET_KEY=key)
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


@pytest.mark.parametrize("address", ["http://portal.example.org", "http://192.0.2.7:8000", "http://0.0.0.0"])
def test_plain_http_is_refused_off_this_machine(tmp_path, address):
    answer = check(tmp_path, BASE_URL=address)
    assert answer.returncode == 1
    assert "samverka.E010" in answer.stderr
    assert address in answer.stderr


@pytest.mark.parametrize("address", ["http://localhost:8000", "http://127.0.0.1", "http://[::1]:8000"])
def test_plain_http_is_fine_on_this_machine(tmp_path, address):
    assert check(tmp_path, BASE_URL=address).returncode == 0


def variables_in_code() -> set[str]:
    """Every variable that the portal or its start script reads."""
    files = [
        ROOT / "manage.py",
        *(path for part in ("cms", "home", "knowledge", "directory", "search", "scripts") for path in (ROOT / part).rglob("*.py")),
    ]
    read = re.compile(r"""(?:\benv\(|environ(?:\.get|\.setdefault)?[(\[])\s*["']([A-Z_]+)["']""")
    return {name for path in files for name in read.findall(path.read_text())} - {"DJANGO_SETTINGS_MODULE"}


def test_every_variable_stands_in_the_readme_and_no_other():
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", README, flags=re.MULTILINE))
    assert "SECRET_KEY" in variables_in_code()
    assert table == variables_in_code()


def test_a_variable_that_is_set_to_nothing_is_not_set(tmp_path):
    empty = dict.fromkeys(variables_in_code() - {"DATA_DIR"}, "")
    answer = check(tmp_path, **empty)
    assert answer.returncode == 0, answer.stderr
    folder = subprocess.run(
        [sys.executable, "-c", "from cms.settings import DATA_DIR, BASE_URL; print(DATA_DIR, BASE_URL)"],
        cwd=ROOT,
        env={**empty, "PATH": os.environ["PATH"], "DATA_DIR": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert folder.stdout.split() == [str(ROOT / "var"), "http://localhost:8000"]


def test_a_stranger_who_names_another_host_leaves_no_line_in_the_log(own_site):
    knock = "from django.test import Client; print(Client().get('/', headers={'host': 'evil.example.com'}).status_code)"
    answer = own_site.manage("shell", "--no-imports", "--command", knock)
    assert answer.stdout.strip() == "400"
    assert "evil" not in answer.stderr


def test_every_room_stands_on_the_map():
    rooms = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))} - {"var"}
    assert not {room for room in rooms if f"{room}/" not in README}


def test_every_package_that_is_installed_is_credited_with_its_licence():
    pinned = re.findall(r"^([\w.-]+)[=\[]", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    credited = (ROOT / "THIRD-PARTY.md").read_text().lower().replace("_", "-")
    assert len(pinned) > 50
    assert [name for name in pinned if not re.search(rf"\b{re.escape(name.lower().replace('_', '-'))}\b", credited)] == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", []),
        ("http://127.0.0.1:9200", []),
        ("https://a:b@one.example:9200, https://two.example", []),
        ("http://search.example:9200", ["samverka.W011"]),
        ("search.example:9200", ["samverka.E011"]),
    ],
)
def test_an_address_of_a_search_server_that_others_could_listen_to_is_told(settings, url, expected):
    settings.SEARCH_URL = url
    assert [each.id for each in deploy.check_search_url(None)] == expected
