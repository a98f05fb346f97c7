"""The admin as those who work here need it: its icons, its menu, and the rules that Wagtail has no setting for."""

from django.contrib import messages
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature

from cms import admin_words, languages
from cms.navigation import editors_guide
from cms.review import waits_for_others
from cms.users.sign_in import page_password

ICONS = ["book-open", "building", "layers", "newspaper", "route", "scale", "target"]
KEPT_HELP = "keyboard-shortcuts-trigger"  # the rest leads to another site, in English

admin_words.say_in_every_language()


@hooks.register("register_icons")
def lucide(icons: list[str]) -> list[str]:
    """What Wagtail's own set lacks."""
    return [*icons, *(f"wagtailadmin/icons/{name}.svg" for name in ICONS)]


@hooks.register("insert_global_admin_css")
def own_colours() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))


@hooks.register("construct_help_menu")
def help_of_our_own(request, menu_items: list) -> None:
    menu_items[:] = [item for item in menu_items if item.name == KEPT_HELP]
    if guide := editors_guide(request):
        menu_items.insert(0, MenuItem(guide["title"], guide["url"], name="editors-guide", icon_name="help"))


@hooks.register("register_site_urls")
def limited_page_password() -> list:
    """Before Wagtail's own address for the form of a closed page, which takes any number of guesses."""
    address = "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/"
    return [path(address, page_password, name="wagtailcore_authenticate_with_password")]


@hooks.register("construct_page_action_menu")
def no_publishing_past_review(menu_items: list, request, context: dict) -> None:
    page = context.get("page")
    if page and page.pk and waits_for_others(page, request.user):
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


@hooks.register("before_publish_page")
def leave_own_submission_to_others(request, page):
    """What somebody submitted for review is not published by the same person; what they changed is kept as a draft."""
    if page.pk and waits_for_others(page, request.user):
        messages.error(request, _("You submitted this page for review, so somebody else publishes it. Your changes are saved."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("register_rich_text_features")
def notes(features) -> None:
    """The words of a note are marked where it belongs; the page shows a number there, and the note below its text."""
    look = {"fontSize": "0.8em", "borderBottom": "1px solid"}
    button = {"type": "NOTE", "label": "¹", "description": _("Note: the marked words are shown below the text"), "style": look}
    features.register_editor_plugin("draftail", "note", InlineStyleFeature(button))
    rules = {
        "from_database_format": {"small": InlineStyleElementHandler("NOTE")},
        "to_database_format": {"style_map": {"NOTE": "small"}},
    }
    features.register_converter_rule("contentstate", "note", rules)


@hooks.register("register_rich_text_features")
def marks_of_another_language(features) -> None:
    """Words in the other language are marked, so that they are read aloud as they are spoken."""
    for code, name in languages.NAMES.items():
        mark, kind = f"lang-{code}", f"LANG-{code}"
        button = {"type": kind, "label": code, "description": _("In the language: %(name)s") % {"name": name}}
        features.register_editor_plugin("draftail", mark, InlineStyleFeature({**button, "style": {"borderBottom": "2px dotted"}}))
        rules = {
            "from_database_format": {f'span[lang="{code}"]': InlineStyleElementHandler(kind)},
            "to_database_format": {"style_map": {kind: {"element": "span", "props": {"lang": code}}}},
        }
        features.register_converter_rule("contentstate", mark, rules)
