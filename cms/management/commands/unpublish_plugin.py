from collections.abc import Iterator

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page, Revision, get_page_models

from cms.kinds import has_path
from cms.plugins import PortalPlugin, is_plugin


class Command(BaseCommand):
    help = "Take down all pages of a plugin and the lists of its kinds, in every language: run it before the plugin is uninstalled."

    def add_arguments(self, parser):
        parser.add_argument("plugin", help="The name of its app, such as samverka_podcast.")

    def handle(self, *, plugin: str, **options) -> None:
        config = apps.app_configs.get(plugin)
        if not isinstance(config, PortalPlugin) or not is_plugin(f"{config.name}."):
            known = [each.label for each in apps.get_app_configs() if isinstance(each, PortalPlugin) and is_plugin(f"{each.name}.")]
            raise CommandError(f"{plugin} is no installed plugin. Installed: {', '.join(known) or 'none'}.")
        taken_down = 0
        for page in pages_of(config):
            Revision.objects.for_instance(page).update(approved_go_live_at=None)
            if page.live:
                page.unpublish()
                taken_down += 1
                self.stdout.write(f"{page.url_path}  {page.title}")
        self.stdout.write(f"{taken_down} pages taken down. They stay as drafts, and can be published if the plugin comes back.")


def pages_of(config: PortalPlugin) -> Iterator[Page]:
    """Pages of its own types, and the lists of its kinds."""
    for model in get_page_models():
        if model._meta.app_label == config.label:
            yield from model.objects.all()
        elif has_path(model, "lists"):
            yield from model.objects.filter(lists__in=[kind.name for kind in config.kinds])
