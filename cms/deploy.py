"""What must not be, however the portal is run: checked before every command."""

import ipaddress

from django.conf import settings
from django.core import checks


def is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_address(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """Plain http would send passwords and sessions where others can read them."""
    if settings.HTTPS or is_loopback(settings.HOST):
        return []
    text = f"BASE_URL is {settings.BASE_URL}: without https, anybody on the way could read passwords."
    hint = "Set BASE_URL to the https address of the portal. Plain http is for this machine only, such as http://localhost:8000."
    return [checks.Error(text, hint=hint, id="samverka.E010")]
