"""Who may do what, as it is when a site begins. An administrator may change it afterwards; no upgrade changes it back.

The functions take ``apps``, so that migrations can use them: those of today and those that bring new models.
"""

from collections.abc import Iterable

EDITOR = "Redaktör / Editor"
REVIEWER = "Granskare / Reviewer"
TRANSLATOR = "Översättare / Translator"
STEWARD = "Katalogansvarig / Directory steward"
ADMINISTRATOR = "Administratör / Administrator"
REVIEW = "Granskning / Review"

EVERYTHING = ("add", "change", "delete", "view")
FACT_BOXES = ("vocabulary.factbox", ("add", "change", "view"))
READ_TERMS, TERMS, ALL_TERMS = (
    ("knowledge.glossaryterm", actions) for actions in (("view",), ("add", "change", "view"), EVERYTHING)
)
REDIRECTS = ("wagtailredirects.redirect", EVERYTHING)
SYNONYMS, PROMOTIONS, SEARCH_WORDS = ((f"search.{model}", EVERYTHING) for model in ("synonym", "promotion", "word"))
SEARCH_COUNTS = ("search.searchcount", ("view",))
PARTNERSHIPS = ("directory.partnership", EVERYTHING)
DIRECTORY = [("directory.organisation", (*EVERYTHING, "publish")), ("directory.person", EVERYTHING), PARTNERSHIPS]
WORDS = ("focusarea", "topic", "sustainablegoal", "sector", "audience", "methodphase", "licence", "factbox", "steward")
SUBMIT_TRANSLATION = ("wagtail_localize.translation", ("submit_translation",))

PAGES = {
    EDITOR: ["add", "change"],
    REVIEWER: ["add", "change", "publish", "lock", "unlock"],
    TRANSLATOR: ["change"],
    ADMINISTRATOR: ["add", "change", "publish", "bulk_delete", "lock", "unlock"],
}
MEDIA = {
    EDITOR: ["add", "choose"],
    REVIEWER: ["add", "change", "choose"],
    TRANSLATOR: ["choose"],
    STEWARD: ["choose"],
    ADMINISTRATOR: ["add", "change", "delete", "choose"],
}
MODELS = {
    EDITOR: [FACT_BOXES, TERMS, SUBMIT_TRANSLATION, SEARCH_COUNTS],
    REVIEWER: [FACT_BOXES, ALL_TERMS, SUBMIT_TRANSLATION, REDIRECTS, SYNONYMS, PROMOTIONS, SEARCH_COUNTS],
    TRANSLATOR: [READ_TERMS],
    STEWARD: DIRECTORY,
    ADMINISTRATOR: [
        SUBMIT_TRANSLATION,
        REDIRECTS,
        *DIRECTORY,
        *((f"vocabulary.{word}", EVERYTHING) for word in WORDS),
        ALL_TERMS,
        SYNONYMS,
        PROMOTIONS,
        SEARCH_COUNTS,
        SEARCH_WORDS,
        ("cms.portalsettings", ("change",)),
        ("cms.reviewtask", EVERYTHING),
        ("users.user", EVERYTHING),
        ("auth.group", EVERYTHING),
        *((f"wagtailcore.{model}", EVERYTHING) for model in ("site", "locale", "collection", "workflow", "task")),
    ],
}


def make_groups(apps) -> None:
    for name in (EDITOR, REVIEWER, TRANSLATOR, STEWARD, ADMINISTRATOR):
        group, _new = apps.get_model("auth.Group").objects.get_or_create(name=name)
        group.permissions.add(permission(apps, "wagtailadmin.admin", "access_admin"))
        grant(apps, group, MODELS[name])
        grant_pages(apps, group, PAGES.get(name, ()))
        grant_media(apps, group, MEDIA[name])


def permission(apps, label: str, codename: str):
    """A permission, made if it is not there: Django makes those of new models only when all migrations have run."""
    app_label, model = label.split(".")
    content_type, _new = apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label=app_label, model=model)
    defaults = {"name": f"Can {codename.replace('_', ' ')}"}
    return apps.get_model("auth.Permission").objects.get_or_create(content_type=content_type, codename=codename, defaults=defaults)[
        0
    ]


def grant(apps, group, rights: Iterable[tuple[str, Iterable[str]]]) -> None:
    """``rights`` are models by label, each with what may be done: ("vocabulary.topic", ["change"])."""
    for label, actions in rights:
        model = label.split(".")[1]
        group.permissions.add(*(permission(apps, label, action if "_" in action else f"{action}_{model}") for action in actions))


def grant_pages(apps, group, actions: Iterable[str]) -> None:
    """On every page there is and will be, in both languages."""
    root = apps.get_model("wagtailcore.Page").objects.get(depth=1)
    for action in actions:
        right = permission(apps, "wagtailcore.page", f"{action}_page")
        apps.get_model("wagtailcore.GroupPagePermission").objects.get_or_create(group=group, page=root, permission=right)


def grant_media(apps, group, actions: Iterable[str]) -> None:
    """Pictures and documents, in every collection. Whoever may add one may also correct and remove it."""
    root = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    for action in actions:
        for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            right = permission(apps, f"{app_label}.{model}", f"{action}_{model}")
            apps.get_model("wagtailcore.GroupCollectionPermission").objects.get_or_create(
                group=group, collection=root, permission=right
            )


def make_review(apps) -> None:
    """One workflow for every page: a reviewer approves."""
    Workflow = apps.get_model("wagtailcore.Workflow")
    if Workflow.objects.filter(name=REVIEW).exists():
        return
    task_type, _new = apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label="cms", model="reviewtask")
    task = apps.get_model("cms.ReviewTask").objects.create(name=REVIEW, content_type=task_type)
    task.groups.set(apps.get_model("auth.Group").objects.filter(name__in=[REVIEWER, ADMINISTRATOR]))
    workflow = Workflow.objects.create(name=REVIEW)
    apps.get_model("wagtailcore.WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    root = apps.get_model("wagtailcore.Page").objects.get(depth=1)
    apps.get_model("wagtailcore.WorkflowPage").objects.update_or_create(page=root, defaults={"workflow": workflow})


def remove_stock(apps) -> None:
    """Wagtail's own groups and workflow, unless somebody uses them."""
    Workflow, Task = apps.get_model("wagtailcore.Workflow"), apps.get_model("wagtailcore.Task")
    used = apps.get_model("wagtailcore.WorkflowState").objects.values("workflow_id")
    if Workflow.objects.filter(name="Moderators approval").exclude(pk__in=used).delete()[0]:
        Task.objects.filter(name="Moderators approval").delete()
    apps.get_model("auth.Group").objects.filter(name__in=["Editors", "Moderators"], user=None).delete()
