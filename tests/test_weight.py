"""What a visitor's browser may have to fetch, from every app of the portal together."""

from pathlib import Path

from django.apps import apps

ADMIN_ONLY = {"admin.css", "editing.css", "editing.js", "preview.css", "paper.js", "paste.js"}


def public_bytes(ending: str) -> int:
    """The files as they are written, before they are compressed, without what only editors see."""
    root = Path(__file__).parent.parent
    apps_here = [Path(app.path).relative_to(root) for app in apps.get_app_configs() if Path(app.path).is_relative_to(root)]
    ours = [root / path for path in apps_here if path.parts[0] not in (".venv", "tests")]
    found = {file for path in ours for file in path.glob(f"**/static/**/*.{ending}")}
    return sum(file.stat().st_size for file in found if file.name not in ADMIN_ONLY)


def test_all_style_sheets_a_visitor_can_meet_weigh_at_most_sixty_thousand_bytes():
    assert 40_000 < public_bytes("css") <= 60_000


def test_all_scripts_a_visitor_can_meet_weigh_at_most_twenty_five_thousand_bytes():
    assert 4_000 < public_bytes("js") <= 25_000
