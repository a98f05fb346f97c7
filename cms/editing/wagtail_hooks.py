from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem

from cms.checks import Finding
from cms.editing.checking import PreviewChecker
from cms.editing.presets import left_over
from cms.editing.views import PortalPages


@hooks.register("register_admin_viewset", order=1)  # in place of Wagtail's own
def pages_of_the_portal() -> PortalPages:
    return PortalPages()


@hooks.register("construct_wagtail_userbar")
def say_each_thing_once(request, items: list, page) -> None:
    items[:] = [PreviewChecker(item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]


@hooks.register("register_content_checks")
def instructions_left_over(page) -> list[Finding]:
    return list(left_over(page))
