"""The portal as modelsearch's own tests of a search backend need it: with their models, and tables made without migrations."""

from cms.settings import *  # noqa: F403
from cms.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [
    *("modelsearch" if app == "search.quiet.QuietSearchConfig" else app for app in OURS),
    "modelsearch.test.testapp",
]
DATABASES["default"]["TEST"] = {"MIGRATE": False}  # noqa: F405
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "search.backend", "AUTO_UPDATE": False}}
