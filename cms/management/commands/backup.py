from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cms import archive, dump


class Command(BaseCommand):
    help = "Keep the database and all originals, pictures and documents, in one archive. The portal may run meanwhile."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="Such as backup-2026-11-22.tar.gz. Must not be there yet.")

    def handle(self, *, file: Path, **options) -> None:
        if file.exists():
            raise CommandError(f"{file} is there already.")
        if not file.absolute().parent.is_dir():
            raise CommandError(f"There is no folder {file.absolute().parent}.")
        try:
            manifest = archive.write(file.absolute())
        except (dump.Failed, OSError) as error:
            raise CommandError(str(error)) from error
        counts = ", ".join(f"{count} {name}" for name, count in manifest["counts"].items())
        self.stdout.write(f"{file}: {counts}; {len(manifest['files'])} files, {file.stat().st_size / 2**20:.1f} MB.")
