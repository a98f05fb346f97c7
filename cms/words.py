"""The vocabulary as pages use it: every row known to the frame, and what a page is about found in one query."""

from django.db.models import CharField, ForeignKey, Model, Value

from cms import frame
from cms.vocabulary.models import Audience, FocusArea, SustainableGoal, Topic

SUBJECTS: dict[str, type[Model]] = {"area": FocusArea, "topic": Topic, "goal": SustainableGoal, "audience": Audience}


def words(model: type[Model]) -> dict[int, Model]:
    """All rows of a vocabulary by primary key, shared by all requests: not to be changed."""
    return frame.current().remember(("words", model), lambda: {row.pk: row for row in model._default_manager.all()})


def subjects_of(item: Model, link: str = "page") -> dict[str, list[Model]]:
    """Areas, topics, goals and audiences of a page, or of a row that has them, in the editor's order; of a draft, the draft's own.

    ``link`` is the field by which the rows of its relations point to it.
    """
    names = [name for name in SUBJECTS if hasattr(type(item), f"{name}_links")]
    if getattr(item, "_cluster_related_objects", None):
        return {name: [getattr(row, name) for row in getattr(item, f"{name}_links").all()] for name in names}
    links = {name: item._meta.get_field(f"{name}_links").related_model for name in names}
    queries = [
        model.objects.filter(**{link: item.pk}).order_by().values_list(Value(name, CharField()), f"{name}_id", "sort_order")
        for name, model in links.items()
    ]
    found: dict[str, list[Model]] = {name: [] for name in names}
    for name, key, _place in sorted(queries[0].union(*queries[1:], all=True), key=lambda row: row[2] or 0):
        if row := words(SUBJECTS[name]).get(key):
            found[name].append(row)
    return found


def fill_in_words(page: Model) -> None:
    """Give a page the rows of the vocabulary that it points to, which the frame knows already."""
    for field in page._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.related_model._meta.app_label == "vocabulary":
            row = words(field.related_model).get(getattr(page, field.attname))
            if row is not None:
                setattr(page, field.name, row)
