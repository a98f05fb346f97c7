"""Our place before wagtail-localize's own: its hooks and addresses come after those of a lower order."""

from django.urls import path
from wagtail import hooks

from cms.translation import stock


@hooks.register("before_edit_page", order=-1)
def refuse_untranslated(request, page):
    return stock.refuse_untranslated(request, page)


@hooks.register("register_admin_urls", order=-1)
def stricter_addresses():
    return [
        path("localize/page/<int:page_id>/convert_to_alias/", stock.never_an_alias),
        path("localize/update/<int:translation_source_id>/", stock.FetchChanges.as_view()),
    ]


@hooks.register("construct_page_action_menu")
def without_alias(menu_items, request, context):
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]
