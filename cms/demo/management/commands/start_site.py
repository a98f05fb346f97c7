"""The start of a real site: its sections, lists and words in both languages, and nothing that somebody would have to take away."""

import getpass
import secrets
import sys
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from wagtail.models import Page

from cms.demo.loader import Loader, parse
from cms.demo.rows import key_of
from cms.users.groups import ADMINISTRATOR
from search import engines, upkeep

DEMO = Path(__file__).resolve().parents[2] / "content"
START = DEMO.with_name("start")
WORDS = ("areas", "goals", "sectors", "audiences", "phases", "licences")
ONLY_IN_DEMO = "portal-opens"


class Start(Loader):
    """The content of a new site: its own name, one content owner, and those words of the demo that fit any portal."""

    def __init__(self, names: dict[str, str], mailbox: str, say):
        super().__init__(START, say)
        self.names, self.mailbox = names, mailbox

    def read(self, name: str):
        if name == "settings":
            return {**super().read(name), "name": self.names}
        if name == "vocabulary":
            words, label = parse(DEMO / "vocabulary.yaml"), {"sv": "Redaktionen", "en": "Editorial team"}
            return {
                **{kind: words[kind] for kind in WORDS},
                "stewards": [{"code": "editors", "label": label, "mailbox": self.mailbox}],
            }
        return super().read(name)

    def make(self, entry: dict):
        return super().make({**entry, "title": self.names} if entry["id"] == "home" else entry)


class Command(BaseCommand):
    help = "Make an empty site in Swedish and English for real use. Run again, it adds what is missing and changes nothing else."

    def add_arguments(self, parser):
        parser.add_argument("--name-sv", required=True, help="The name of the portal in Swedish.")
        parser.add_argument("--name-en", required=True, help="The name of the portal in English.")
        parser.add_argument("--admin", required=True, metavar="EMAIL", help="The first administrator.")

    def handle(self, *, name_sv: str, name_en: str, admin: str, **options) -> None:
        try:
            validate_email(admin)
        except ValidationError as error:
            raise CommandError(f"{admin} is no e-mail address.") from error
        if Page.objects.filter(translation_key=key_of(ONLY_IN_DEMO)).exists():
            raise CommandError(
                "This database holds the demo. Give the site one of its own: see DATA_DIR and DATABASE_URL in the README."
            )
        Start({"sv": name_sv, "en": name_en}, admin, self.stdout.write).load()
        upkeep.ensure(engines.engine())
        self.ensure_administrator(admin)

    def ensure_administrator(self, email: str) -> None:
        User = get_user_model()
        if User.objects.filter(username=email).exists():
            return
        user = User(username=email, email=email, is_staff=True, is_superuser=True)
        typed = self.ask_password(user) if sys.stdin.isatty() else ""
        password = typed or secrets.token_urlsafe(15)
        user.set_password(password)
        user.save()
        user.groups.add(Group.objects.get(name=ADMINISTRATOR))
        self.stdout.write(f"Administrator: {email}" + ("" if typed else f"  Password, shown only now: {password}"))

    def ask_password(self, user) -> str:
        """Until it is good enough; empty if the person would rather have one made."""
        while typed := getpass.getpass("Password (Enter: make one): "):
            try:
                validate_password(typed, user)
            except ValidationError as error:
                self.stderr.write("\n".join(error.messages))
            else:
                return typed
        return ""
