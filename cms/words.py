"""The vocabulary as pages use it: every row known to the frame, and what a page is about found in one query."""

from django.db.models import CharField, ForeignKey, Model, Value

from cms import frame
from cms.vocabulary.models import Audience, FocusArea, SustainableGoal, Topic

SUBJECTS: dict[str, type[Model]] = {"area": FocusArea, "topic": Topic, "goal": SustainableGoal, "audience": Audience}


def words(model: type[Model]) -> dict[int, Model]:
    """All rows of a vocabulary by primary key, shared by all requests: not to be changed."""
    return frame.current().remember(("words", model), lambda: {row.pk: row for row in model._default_manager.all()})


def subjects_of(page: Model) -> dict[str, list[Model]]:
    """Areas, topics, goals and audiences of a page, in the editor's order; of a draft in preview, the draft's own."""
    if getattr(page, "_cluster_related_objects", None):
        return {name: [getattr(link, name) for link in getattr(page, f"{name}_links").all()] for name in SUBJECTS}
    links = {name: page._meta.get_field(f"{name}_links").related_model for name in SUBJECTS}
    queries = [
        model.objects.filter(page=page.pk).order_by().values_list(Value(name, CharField()), f"{name}_id", "sort_order")
        for name, model in links.items()
    ]
    found: dict[str, list[Model]] = {name: [] for name in SUBJECTS}
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
