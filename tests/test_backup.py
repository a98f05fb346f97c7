"""What is kept can be put back, whole; what is no whole backup of this portal touches nothing."""

import gzip
import io
import json
import os
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from .own_site import OwnSite

CHANGE = """
from django.core.files.base import ContentFile
from cms.media import PortalDocument, PortalImage
from home.models import HomePage
PortalDocument.objects.create(title="Later", file=ContentFile(b"later", "later.txt"))
for image in PortalImage.objects.all()[:3]:
    image.delete()
HomePage.objects.update(title="Changed")
"""
LOOK = """
import json
from cms.events import ContentEvent
from cms.media import PortalDocument, PortalImage, PortalRendition
from home.models import HomePage
from wagtail.models import Page
print(json.dumps({
    "titles": sorted(HomePage.objects.values_list("title", flat=True)),
    "pages": Page.objects.count(),
    "documents": PortalDocument.objects.count(),
    "pictures": sorted(PortalImage.objects.values_list("file", flat=True)),
    "whole": all(image.file.storage.exists(image.file.name) for image in PortalImage.objects.all()),
    "sizes": PortalRendition.objects.count(),
}))
"""


def look(site: OwnSite) -> dict:
    return json.loads(site.ask(LOOK).splitlines()[-1])


def touched(site: OwnSite) -> dict[str, tuple]:
    """Everything in the folder of a site, apart from what SQLite keeps while it is open."""
    files = (
        path for path in site.folder.rglob("*") if path.is_file() and path.suffix not in (".sqlite3-shm", ".sqlite3-wal", ".gz")
    )
    return {str(path.relative_to(site.folder)): (path.stat().st_size, path.read_bytes()) for path in files}


@pytest.fixture
def backup(own_site) -> Path:
    answer = own_site.manage("backup", str(own_site.folder / "kept.tar.gz"))
    assert answer.returncode == 0, answer.stderr
    return own_site.folder / "kept.tar.gz"


def packed(target: Path, members: list[tuple[str, bytes]], kind: bytes = tarfile.REGTYPE) -> Path:
    with tarfile.open(target, "w:gz") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size, info.type, info.linkname = len(content), kind if name != "manifest.json" else tarfile.REGTYPE, "/etc/passwd"
            archive.addfile(info, io.BytesIO(content))
    return target


def members_of(backup: Path) -> list[tuple[str, bytes]]:
    with tarfile.open(backup) as archive:
        return [(member.name, archive.extractfile(member).read()) for member in archive]


def changed_manifest(backup: Path, **changes) -> list[tuple[str, bytes]]:
    (name, text), *rest = members_of(backup)
    return [(name, json.dumps({**json.loads(text), **changes}).encode()), *rest]


def there_and_back(own_site: OwnSite, backup: Path) -> None:
    before = look(own_site)
    own_site.ask(CHANGE)
    assert look(own_site) != before
    assert own_site.manage("restore", str(backup)).returncode == 1, "it asks first"
    assert look(own_site)["titles"] == ["Changed", "Changed"]
    answer = own_site.manage("restore", str(backup), "--yes")
    assert answer.returncode == 0, answer.stderr
    assert look(own_site) == {**before, "sizes": 0}
    assert own_site.manage("migrate", "--check").returncode == 0
    left = {path.name.partition("-")[0] for path in own_site.folder.iterdir()}
    assert not left & {"restore", "backup"}
    assert not (own_site.folder / "originals-before-restore").exists()


def test_what_was_kept_is_put_back(own_site, backup):
    there_and_back(own_site, backup)


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="make test-all")
def test_tables_that_came_later_are_gone_after_a_restore(own_site, backup):
    own_site.ask(
        "from django.db import connection\nconnection.cursor().execute('CREATE TABLE later (id int REFERENCES wagtailcore_page)')"
    )
    assert own_site.manage("restore", str(backup), "--yes").returncode == 0
    assert own_site.ask("from django.db import connection\nprint('later' in connection.introspection.table_names())") == "False"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="an empty database is a new file")
def test_an_empty_machine_becomes_the_portal(own_site, backup, tmp_path_factory):
    other = OwnSite(tmp_path_factory.mktemp("other"))
    answer = other.manage("restore", str(backup))
    assert answer.returncode == 0, answer.stderr
    assert look(other) == {**look(own_site), "sizes": 0}
    assert (other.folder / "secret_key").read_text() != (own_site.folder / "secret_key").read_text()


def test_a_backup_says_what_it_holds_and_is_for_its_owner_only(own_site, backup):
    (name, text), *rest = members_of(backup)
    manifest = json.loads(text)
    assert name == "manifest.json"
    assert manifest["counts"]["pages"] == look(own_site)["pages"]
    assert set(manifest["files"]) == {name for name, _ in rest}
    assert any(name.startswith("originals/original_images/") for name in manifest["files"])
    assert not [name for name in manifest["files"] if "secret" in name or "media" in name]
    assert backup.stat().st_mode & 0o077 == 0
    again = own_site.manage("backup", str(backup))
    assert again.returncode == 1
    assert "is there already" in again.stderr


def refused(backup: Path, tmp: Path) -> dict[str, Path]:
    """Archives that must not be restored, by what is wrong with them."""
    whole, (_, *files) = backup.read_bytes(), members_of(backup)
    damaged = [(name, content[:-1] + b"!" if name == "database" else content) for name, content in members_of(backup)]
    outside = "originals/../../outside.txt"
    with_outside = json.loads(members_of(backup)[0][1])["files"] | {outside: [1, "x"]}
    links = [(name, content if name == "manifest.json" else b"") for name, content in members_of(backup)]
    (tmp / "words.tar.gz").write_text("Hello")
    (tmp / "half.tar.gz").write_bytes(whole[: len(whole) // 2])
    (tmp / "bit.tar.gz").write_bytes(whole[:5000] + bytes([whole[5000] ^ 255]) + whole[5001:])
    (tmp / "gzip.tar.gz").write_bytes(gzip.compress(b"Hello"))
    return {
        "no archive": tmp / "words.tar.gz",
        "half of it": tmp / "half.tar.gz",
        "one bit": tmp / "bit.tar.gz",
        "only packed": tmp / "gzip.tar.gz",
        "not there": tmp / "nothing.tar.gz",
        "another program's": packed(tmp / "foreign.tar.gz", [("hello.txt", b"hello")]),
        "no manifest in front": packed(tmp / "back.tar.gz", files),
        "of another format": packed(tmp / "format.tar.gz", changed_manifest(backup, format="samverka-backup-2")),
        "of another engine": packed(tmp / "engine.tar.gz", changed_manifest(backup, database="oracle")),
        "of a later version": packed(tmp / "later.tar.gz", changed_manifest(backup, migrations=["cms.9999_later"])),
        "with a damaged file": packed(tmp / "damaged.tar.gz", damaged),
        "with a file missing": packed(tmp / "missing.tar.gz", members_of(backup)[:-1]),
        "with a file too many": packed(tmp / "more.tar.gz", [*members_of(backup), ("originals/more.txt", b"x")]),
        "leading outside": packed(tmp / "outside.tar.gz", [*changed_manifest(backup, files=with_outside), (outside, b"x")]),
        "with links": packed(tmp / "links.tar.gz", links, tarfile.SYMTYPE),
        "larger than the disk": packed(tmp / "large.tar.gz", changed_manifest(backup, files={"originals/a": [2**60, "x"]})),
        "a list": packed(tmp / "list.tar.gz", [("manifest.json", b"[]")]),
    }


REFUSE = """
import json, sys
from django.core.management import CommandError, call_command
for what, path in json.loads(sys.stdin.read()).items():
    try:
        call_command("restore", path, "--yes")
    except CommandError as error:
        print(what, "|", str(error).replace(chr(10), " "))
    else:
        print(what, "| RESTORED")
"""


def test_what_is_no_whole_backup_touches_nothing(own_site, backup, tmp_path_factory):
    archives = refused(backup, tmp_path_factory.mktemp("archives"))
    before = touched(own_site)
    answer = own_site.manage(
        "shell", "--no-imports", "--command", REFUSE, input=json.dumps({k: str(v) for k, v in archives.items()})
    )
    said = dict(line.split(" | ", 1) for line in answer.stdout.splitlines() if " | " in line)
    assert set(said) == set(archives), answer.stderr
    for what, text in said.items():
        assert "Nothing was changed." in text, (what, text)
        assert "Traceback" not in text
    assert touched(own_site) == before
    assert not (own_site.folder.parent / "outside.txt").exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="takes the database away from under SQLite")
def test_a_restore_that_fails_at_its_last_step_leaves_all_as_it_was(own_site, backup):
    own_site.ask(CHANGE)
    before = look(own_site)
    hold = own_site.start("-c", HOLD.format(path=str(own_site.folder / "db.sqlite3")))
    assert hold.stdout.readline() == "held\n"
    answer = own_site.manage("restore", str(backup), "--yes")
    hold.kill()
    assert answer.returncode == 1, answer.stdout
    assert "Nothing was changed." in answer.stderr
    assert look(own_site) == before


HOLD = """
import sqlite3, time
database = sqlite3.connect({path!r}, isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(600)
"""


def test_a_restore_that_was_killed_half_way_can_be_run_again(own_site, backup):
    before = look(own_site)
    os.rename(own_site.folder / "originals", own_site.folder / "originals-before-restore")
    (own_site.folder / "originals").mkdir()
    answer = own_site.manage("restore", str(backup), "--yes")
    assert answer.returncode == 0, answer.stderr
    assert look(own_site) == {**before, "sizes": 0}
    assert not (own_site.folder / "originals-before-restore").exists()
