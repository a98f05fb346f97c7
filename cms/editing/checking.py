"""How the checks meet an editor: beside the text while it is written, and as a stop before it is published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.admin.userbar import ContentCheckerItem

from cms.checks import Finding, Hindered, findings, hindrances, unfinished
from cms.models import BasePage


class FindingsPanel(ChecksSidePanel):
    """Wagtail's panel of checks, with what our own checks say of the draft as it was last saved."""

    template_name = "editing/checks_panel.html"

    class SidePanelToggle(ChecksSidePanel.SidePanelToggle):
        template_name = "editing/checks_toggle.html"

        def get_context_data(self, parent_context) -> dict:
            return {**super().get_context_data(parent_context), "findings": parent_context.get("findings")}

    def get_context_data(self, parent_context) -> dict:
        return {**super().get_context_data(parent_context), "findings": parent_context.get("findings")}


class Checked:
    """For the views in which a page is written: shows what the checks find, and lets nothing past a hindrance.

    A draft is saved whatever they find.
    """

    @cached_property
    def publishes(self) -> bool:
        """Whether what is asked for makes the page public, at once or after somebody's approval."""
        if self.action_name == "perform_workflow_action":
            return self.workflow_action == "approve"
        return self.action_name in ("publish", "submit", "restart_workflow")

    def form_valid(self, form) -> HttpResponse:
        held = hindrances(form.instance) if self.publishes and isinstance(form.instance, BasePage) else []
        for finding in held:
            form.add_error(None, str(finding))
        return self.form_invalid(form) if held else super().form_valid(form)

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        return MediaContainer(
            FindingsPanel(panel.object, panel.request) if isinstance(panel, ChecksSidePanel) else panel for panel in panels
        )

    def get_context_data(self, **kwargs) -> dict:
        return {**super().get_context_data(**kwargs), "findings": self.findings()}

    def findings(self) -> list[Finding] | None:
        """None as long as there is no draft."""
        if not (self.page.pk and isinstance(self.page, BasePage)):
            return None
        return [*unfinished(self.page), *findings(self.page)]


class RefusalMiddleware(MiddlewareMixin):
    """A page that is held back is not published in bulk, by approval from a list, or as a translation: one is told why."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Hindered):
            return None
        reasons = format_html_join("", "<li>{}</li>", ((str(finding),) for finding in exception.hindrances))
        said = _("“%(title)s” cannot be published yet. Nothing has been published.") % {"title": exception.page.title}
        messages.error(request, format_html("{}<ul>{}</ul>", said, reasons))
        address = reverse("wagtailadmin_pages:edit", args=[exception.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return render_modal_workflow(request, "", None, {}, json_data={"step": "success", "redirect": address})
        return redirect(address)


class PreviewChecker(ContentCheckerItem):
    """What is only seen when the page is drawn. Pictures, heading levels and descriptions our own checks explain better."""

    said_by_us = {"alt-text-quality", "heading-order", "empty-meta-description"}

    def get_axe_run_only(self, request) -> list[str]:
        return [rule for rule in super().get_axe_run_only(request) if rule not in self.said_by_us]

    def get_axe_custom_rules(self, request) -> list[dict]:
        return [rule for rule in super().get_axe_custom_rules(request) if rule["id"] not in self.said_by_us]
