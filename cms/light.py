"""What packages load of their own accord, and the portal has no use for, is not loaded. It is more than a third of all memory.

Since Wagtail 8.0 four of its apps load its third API when they are ready, and make schemas for every type of page: 50 MB
and half a second in each process, although no address leads there (https://github.com/wagtail/wagtail/issues/14296). Our
subclasses hand them stand-ins to register with. Whoever gives that API an address goes back to Wagtail's own apps.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from django.conf import settings
from wagtail.contrib.redirects.apps import WagtailRedirectsAppConfig
from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.snippets.apps import WagtailSnippetsAppConfig


@contextmanager
def instead(modules: dict[str, ModuleType | None]) -> Iterator[None]:
    """What an import finds meanwhile, unless the module is loaded already; None is as if it were not installed."""
    absent = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(absent)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


with instead({"pillow_heif": None}):  # Willow would load it for HEIC, which is not among the kinds of pictures we take
    from wagtail.images.apps import WagtailImagesAppConfig

UNUSED: dict[str, ModuleType | None] = dict.fromkeys(["requests", "pygments", "charset_normalizer"])
if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
    UNUSED["django.contrib.postgres.fields"] = None  # and with them all of psycopg
with instead(UNUSED):
    import bs4  # noqa: F401 both remember that there are none
    import rest_framework.compat  # noqa: F401


class StandIn(ModuleType):
    """Whatever is asked of it is there, may be called, and does nothing."""

    def __getattr__(self, name: str):
        return self

    def __call__(self, *args) -> None:
        pass


class Validators(ModuleType):
    """Loads pydantic when something is checked by it, not before."""

    def SiteFilterValidator(self, **values):
        from wagtail.api.validators import SiteFilterValidator

        return SiteFilterValidator(**values)


class WithoutV3:
    """Comes before an AppConfig of Wagtail."""

    name: str

    def ready(self) -> None:
        own = f"{self.name}.api.v3"
        names = ("wagtail.api.v3.api", own, f"{own}.registry", f"{own}.router")
        with instead({name: StandIn(name) for name in names}):
            super().ready()
        with instead({"wagtail.api.validators": Validators("wagtail.api.validators")}):
            import wagtail.api.querysets  # noqa: F401


class DocumentsConfig(WithoutV3, WagtailDocsAppConfig):
    pass


class ImagesConfig(WithoutV3, WagtailImagesAppConfig):
    pass


class RedirectsConfig(WithoutV3, WagtailRedirectsAppConfig):
    pass


class SnippetsConfig(WithoutV3, WagtailSnippetsAppConfig):
    pass
