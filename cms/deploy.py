"""What must not be, however the portal is run: checked before every command."""

import ipaddress
from urllib.parse import urlsplit

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


def check_search_url(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """What the search server is sent says who may not see what."""
    found = []
    for url in filter(None, (url.strip() for url in settings.SEARCH_URL.split(","))):
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            found.append(checks.Error("SEARCH_URL is no address such as https://search.example.org:9200.", id="samverka.E011"))
        elif parts.scheme == "http" and not is_loopback(parts.hostname):
            text = f"SEARCH_URL leads to {parts.hostname} without https: anybody on the way could read what is not public."
            found.append(checks.Warning(text, hint="Give the search server a certificate.", id="samverka.W011"))
    return found
