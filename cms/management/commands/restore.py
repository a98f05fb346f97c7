import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cms import archive, dump, renditions


class Command(BaseCommand):
    help = "Put back what a backup holds, in the place of what is here. Stop the portal first."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="Do not ask whether what is here may go.")

    def handle(self, *, file: Path, yes: bool, **options) -> None:
        try:
            with archive.unpacked(file) as (folder, manifest):
                if not (yes or dump.is_empty() or self.may_go()):
                    raise CommandError("Nothing was changed. To replace what is here: --yes")
                archive.restore(folder, manifest)
        except (archive.Refused, dump.Failed, OSError) as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        renditions.forget()
        counts = ", ".join(f"{count} {name}" for name, count in manifest["counts"].items())
        self.stdout.write(f"Restored as of {manifest['made']}: {counts}. Now run: manage.py migrate")

    def may_go(self) -> bool:
        if not sys.stdin.isatty():
            return False
        return input("What is here now will be lost. Type yes to go on: ") == "yes"
