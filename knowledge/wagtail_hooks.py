from django.contrib import messages
from wagtail import hooks

from knowledge.models import MethodPage


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_about_minutes(request, page) -> None:
    """Said once after a save by hand; the editor's own saving in the background stays quiet."""
    in_background = "application/json" in request.headers.get("Accept", "")
    if isinstance(page, MethodPage) and not in_background and (warning := page.warning()):
        messages.warning(request, warning)
