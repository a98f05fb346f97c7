"""Forms of the admin, filled in as the browser would send them back."""

from bs4 import BeautifulSoup
from django.test import Client
from wagtail.test.utils.form_data import querydict_from_html


def filled_in(client: Client, address: str, **changes) -> dict:
    """The main form at an address with what it holds, and with changes."""
    forms = BeautifulSoup(client.get(address).content, "html.parser").find_all("form")
    main = max(forms, key=lambda form: len(form.find_all(["input", "select", "textarea"])))
    return {**querydict_from_html(str(main)).dict(), **changes}
