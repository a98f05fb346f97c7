"""Limits on guessing: of passwords, of the passwords of closed pages, and on mails to set a new one.

Attempts are counted in the database, so that all workers count together, and are forgotten a quarter of an hour later.
"""

import ipaddress

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm
from wagtail.views import authenticate_with_password


class Attempts(AxesDatabaseHandler):
    """Keeps no more of an attempt than the limit needs: not with which browser it was made."""

    def user_login_failed(self, sender, credentials: dict, request: HttpRequest | None = None, **kwargs) -> None:
        if request is not None:
            request.axes_user_agent = request.axes_http_accept = ""
        super().user_login_failed(sender, credentials, request, **kwargs)


def client_address(request: HttpRequest) -> str | None:
    """Who asks. What a proxy says counts only where ``TRUST_PROXY`` says that there is one; its own word comes last."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_PROXY:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None


def too_many_attempts(request: HttpRequest, credentials: dict | None) -> HttpResponse:
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    response = render(request, "too_many_attempts.html", {"minutes": minutes}, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def may_try(request: HttpRequest, what: str) -> bool:
    """Whether this client has attempts left at something other than a user's password. Otherwise it is told so."""
    allowed = AxesProxyHandler.is_allowed(request, {"username": what})
    request.axes_locked_out = not allowed
    return allowed


def count_attempt(request: HttpRequest, what: str) -> None:
    AxesProxyHandler.user_login_failed(count_attempt, {"username": what}, request)


def page_password(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """Wagtail's own view of the form for a closed page, with the limit that Wagtail lacks."""
    what = f"page password {page_view_restriction_id}"
    if request.method == "POST" and not may_try(request, what):
        return too_many_attempts(request, None)
    response = authenticate_with_password(request, page_view_restriction_id, page_id)
    if request.method == "POST" and response.status_code == HttpResponse.status_code:
        count_attempt(request, what)
    return response


class SignInForm(LoginForm):
    """Wagtail's own, whose second field has no name in any language but English."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")


class LimitedPasswordResetForm(PasswordResetForm):
    """Sends a few mails and then no more, so that nobody's mailbox is filled; whether there is such an account it never says."""

    def save(self, *args, request: HttpRequest, **kwargs) -> None:
        if may_try(request, "password reset"):
            count_attempt(request, "password reset")
            request.axes_locked_out = False  # the last one allowed is still answered as usual
            sender = apps.get_model("cms.PortalSettings").for_request(request).sender
            super().save(*args, request=request, **{**kwargs, "from_email": sender or kwargs.get("from_email")})
