"""What the previews of blocks show: samples in the editor's language, or what the site itself has."""

from typing import Any

from django.apps import apps
from django.utils.functional import Promise


def spoken(value: Any) -> staticmethod:
    """A sample for ``preview_value`` whose texts are said in the language of whoever looks at it."""

    def plain(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: plain(each) for name, each in part.items()}
        if isinstance(part, list):
            return [plain(each) for each in part]
        return str(part) if isinstance(part, Promise) else part

    return staticmethod(lambda: plain(value))


def some(model: str, count: int) -> list:
    """The first rows of a model, for the preview of a block that shows what the site has."""
    return list(apps.get_model(model).objects.order_by("pk")[:count])


def one(model: str):
    return next(iter(some(model, 1)), None)
