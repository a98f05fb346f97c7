from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem

from cms.checks import Finding
from cms.editing import pasting
from cms.editing.checking import PreviewChecker
from cms.editing.presets import left_over
from cms.editing.todo import ToDoPanel, addresses
from cms.editing.views import PortalPages

SCRIPTS = ("editing", "paste")


@hooks.register("register_admin_viewset", order=1)  # in place of Wagtail's own
def pages_of_the_portal() -> PortalPages:
    return PortalPages()


@hooks.register("construct_wagtail_userbar")
def say_each_thing_once(request, items: list, page) -> None:
    items[:] = [PreviewChecker(item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]


@hooks.register("register_content_checks")
def instructions_left_over(page) -> list[Finding]:
    return list(left_over(page))


@hooks.register("construct_homepage_panels")
def what_waits(request, panels: list) -> None:
    panels.append(ToDoPanel())


hooks.register("register_admin_urls", addresses)


@hooks.register("insert_global_admin_css")
def own_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("editing/editing.css"))


@hooks.register("insert_editor_js")
def own_scripts() -> str:
    scripts = format_html_join("", '<script type="module" src="{}"></script>', ([static(f"editing/{name}.js")] for name in SCRIPTS))
    return pasting.words() + scripts
