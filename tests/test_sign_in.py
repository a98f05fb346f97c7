"""Signing in: in one's own language, and not by guessing."""

import datetime
import re

import pytest
import time_machine
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.models import PortalSettings

from .scratch import write

SIGN_IN = "/admin/login/"
PASSWORD = "samverka-demo-2026"
LATER = datetime.timedelta(minutes=15, seconds=1)


def try_to_sign_in(password: str, username: str = "editor", **extra):
    return Client().post(SIGN_IN, {"username": username, "password": password}, **extra)


def fail(times: int, **extra) -> list[int]:
    return [try_to_sign_in("wrong", **extra).status_code for _ in range(times)]


def test_the_fifth_wrong_password_closes_the_door_and_says_so(db):
    assert fail(5) == [200, 200, 200, 200, 429]
    answer = try_to_sign_in(PASSWORD)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    text = answer.content.decode()
    assert "Vänta 15 minuter" in text
    assert "Wait 15 minutes" in text


def test_the_door_opens_again_after_a_quarter_of_an_hour_even_if_somebody_goes_on_trying(db):
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        fail(5)
        clock.shift(datetime.timedelta(minutes=10))
        assert fail(3) == [429, 429, 429]
        clock.move_to(now + LATER)
        assert try_to_sign_in(PASSWORD).status_code == 302


def test_a_right_password_forgets_the_wrong_ones(db):
    fail(4)
    assert try_to_sign_in(PASSWORD).status_code == 302
    assert fail(4) == [200] * 4


def test_others_sign_in_while_one_is_locked_out(db):
    fail(5)
    assert try_to_sign_in(PASSWORD, username="reviewer").status_code == 302
    assert try_to_sign_in(PASSWORD, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_forged_address_does_not_get_around_the_limit(db):
    for number in range(5):
        try_to_sign_in("wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    assert try_to_sign_in(PASSWORD, HTTP_X_FORWARDED_FOR="192.0.2.99").status_code == 429


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(db, settings):
    settings.TRUST_PROXY = True
    for number in range(5):
        try_to_sign_in("wrong", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 192.0.2.7")
    assert try_to_sign_in(PASSWORD, HTTP_X_FORWARDED_FOR="192.0.2.7").status_code == 429
    assert try_to_sign_in(PASSWORD, HTTP_X_FORWARDED_FOR="192.0.2.7, 192.0.2.8").status_code == 302


@pytest.mark.parametrize("address", ["", "unknown", "192.0.2.7:80", "x" * 10_000])
def test_an_address_that_is_none_is_no_error(db, settings, address):
    settings.TRUST_PROXY = True
    assert try_to_sign_in("wrong", HTTP_X_FORWARDED_FOR=address).status_code == 200


def test_nothing_of_an_attempt_is_kept_that_the_limit_does_not_need(db):
    try_to_sign_in("my secret word", HTTP_USER_AGENT="A browser", HTTP_ACCEPT="text/curious")
    attempt = AccessAttempt.objects.get()
    kept = " ".join(str(getattr(attempt, field.name)) for field in attempt._meta.fields)
    assert "my secret word" not in kept
    assert "browser" not in kept
    assert "curious" not in kept


def test_old_attempts_are_forgotten(db):
    fail(2)
    with time_machine.travel(timezone.now() + LATER):
        try_to_sign_in("wrong", username="reviewer")
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["reviewer"]


@pytest.mark.parametrize(("language", "heading", "other"), [("sv", "Logga in på", "en"), ("en", "Sign in to", "sv")])
def test_the_sign_in_page_speaks_one_language_and_offers_the_other(client, db, language, heading, other):
    html = client.get(f"{SIGN_IN}?language={language}&next=/admin/pages/").content.decode()
    assert f"<h1>{heading} {PortalSettings.objects.get().in_language('name', language)}</h1>" in html
    assert f'<html lang="{language}"' in html
    assert f'href="?language={other}&amp;next=/admin/pages/" lang="{other}"' in html
    assert "Wagtail" not in re.sub(r"<(script|noscript)\b.*?</\1>|<[^>]*>", "", html, flags=re.DOTALL)


def test_the_language_chosen_at_the_door_stays_inside(client, db):
    client.get(f"{SIGN_IN}?language=en")
    client.post(SIGN_IN, {"username": "editor", "password": PASSWORD})
    assert '<html lang="en"' in client.get("/admin/").content.decode()


# Closed pages


@pytest.fixture
def closed(db) -> PageViewRestriction:
    page = write("Only for some")
    return PageViewRestriction.objects.create(page=page, restriction_type="password", password="open sesame")


def guess(restriction: PageViewRestriction, password: str, **extra):
    address = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, restriction.page_id])
    return Client().post(address, {"password": password, "return_url": "/"}, **extra)


def test_a_closed_page_takes_five_guesses_from_one_address(closed):
    assert [guess(closed, f"guess {n}").status_code for n in range(6)] == [200, 200, 200, 200, 429, 429]
    assert guess(closed, "open sesame").status_code == 429
    assert guess(closed, "open sesame", REMOTE_ADDR="192.0.2.7").status_code == 302
    with time_machine.travel(timezone.now() + LATER):
        assert guess(closed, "open sesame").status_code == 302


def test_the_right_password_opens_the_page(closed, client):
    address = reverse("wagtailcore_authenticate_with_password", args=[closed.pk, closed.page_id])
    url = closed.page.get_url()
    assert 'action="' + address in client.get(url).content.decode()
    assert client.post(address, {"password": "open sesame", "return_url": url}).headers["Location"] == url
    assert "Only for some" in client.get(url).content.decode()


def test_guesses_at_one_page_do_not_close_another(closed):
    other = PageViewRestriction.objects.create(page=write("Another"), restriction_type="password", password="other word")
    for n in range(5):
        guess(closed, f"guess {n}")
    assert guess(other, "other word").status_code == 302


# A new password by mail


def test_only_so_many_mails_for_a_new_password_go_out(db):
    answers = [Client().post(reverse("wagtailadmin_password_reset"), {"email": "editor@example.org"}).status_code for _ in range(7)]
    assert answers == [302] * 5 + [429] * 2
    assert len(mail.outbox) == 5


def test_the_answer_does_not_say_whether_there_is_such_an_account(db):
    def ask(email: str) -> tuple[int, str]:
        answer = Client().post(reverse("wagtailadmin_password_reset"), {"email": email})
        return answer.status_code, answer.headers["Location"]

    assert ask("editor@example.org") == ask("nobody@example.org")
