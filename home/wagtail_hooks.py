from wagtail import hooks

from cms.checks import Finding
from home.statement import AccessibilityStatementPage


@hooks.register("register_content_checks")
def whoever_falls_short_says_how(page) -> list[Finding]:
    return list(page.contradictions()) if isinstance(page, AccessibilityStatementPage) else []
