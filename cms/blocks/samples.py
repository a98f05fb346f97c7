"""What the site itself has, for the previews of blocks that show it."""

from django.apps import apps


def some(model: str, count: int) -> list:
    """The first rows of a model, for the preview of a block that shows what the site has."""
    return list(apps.get_model(model).objects.order_by("pk")[:count])


def one(model: str):
    return next(iter(some(model, 1)), None)
