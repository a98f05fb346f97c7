from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.demo.loader import Loader, ensure_users
from search import engines, upkeep

CONTENT = Path(__file__).resolve().parents[2] / "content"
PASSWORD = "samverka-demo-2026"  # noqa: S105 printed at every start, and only ever on loopback


class Command(BaseCommand):
    help = "Load the bilingual demo. What is already there stays as it is."

    def add_arguments(self, parser):
        parser.add_argument(
            "--without-translations", action="store_true", help="Leave out the records of the translation editor (faster)."
        )

    def handle(self, *, without_translations, **options):
        if settings.HTTPS or settings.HOST not in ("localhost", "127.0.0.1"):
            raise CommandError(
                "The demo has accounts with a known password, so it only runs on http://localhost. Use start_site for a real site."
            )
        loader = Loader(CONTENT, self.stdout.write, translations=not without_translations)
        loader.load()
        upkeep.ensure(engines.engine())
        users = loader.read("users")
        ensure_users(users, PASSWORD)
        self.stdout.write(f"Accounts: {', '.join(user['username'] for user in users)}. Password of each: {PASSWORD}")
