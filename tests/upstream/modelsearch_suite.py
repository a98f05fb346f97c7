"""modelsearch's own tests of a search backend, on ours. Run by test_modelsearch.py in a process of its own.

The package brings the tests but not their library, so that is written here: as its tests say it must be.
"""

import datetime
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.test import TestCase, override_settings
from modelsearch.backends import get_search_backend
from modelsearch.test.testapp import models
from modelsearch.tests.test_backends import BackendTests

from search import engines

NOVELS = [  # in the order of their keys: title, author, published, pages, setting, characters; the first of them is its hero
    ("The Hobbit", "J. R. R. Tolkien", "1937-09-21", 310, "Middle Earth", ["Bilbo Baggins", "Thorin Oakenshield"]),
    ("The Fellowship of the Ring", "J. R. R. Tolkien", "1954-07-29", 423, "Middle Earth", ["Frodo Baggins", "Bilbo Baggins"]),
    ("The Two Towers", "J. R. R. Tolkien", "1954-11-11", 352, "Middle Earth", ["Frodo Baggins", "Bilbo Baggins"]),
    ("The Return of the King", "J. R. R. Tolkien", "1955-10-20", 440, "Middle Earth", ["Frodo Baggins", "Bilbo Baggins"]),
    ("A Game of Thrones", "George R.R. Martin", "1996-08-01", 694, "Westeros", []),
    ("A Clash of Kings", "George R.R. Martin", "1998-11-16", 768, "Westeros", []),
    ("A Storm of Swords", "George R.R. Martin", "2000-05-01", 973, "Westeros", []),
    ("Foundation", "Isaac Asimov", "1951-06-01", 255, "The Galactic Empire", ["Hari Seldon"]),
]
FOUNDATION = 10
GUIDES = [  # title, authors, published, pages, programming language; a book without one is just a book
    ("JavaScript: The good parts", ["Douglas Crockford"], "2008-05-01", 176, "js"),
    ("JavaScript: The Definitive Guide", ["David Flanagan"], "1996-08-01", 1096, "js"),
    ("Learning Python", ["Mark Lutz", "David Ascher"], "1999-04-01", 1160, "py"),
    ("Two Scoops of Django 1.11", ["Daniel Roy Greenfeld", "Audrey Roy Greenfeld"], "2017-05-01", 532, "py"),
    ("The Rust Programming Language", ["Steve Klabnik", "Carol Nichols"], "2018-06-26", 440, "rs"),
    ("Programming Rust", ["Jim Blandy", "Jason Orendorff"], "2017-12-21", 622, ""),
]
BORN = {"J. R. R. Tolkien": "1892-01-03", "George R.R. Martin": "1948-09-20", "Isaac Asimov": "1920-01-02"}
MEETINGS = [("Breakfast yoga", datetime.time(8)), ("Stand-up meeting", datetime.time(9, 30)), ("Evening yoga", datetime.time(18))]
ANIMALS = {"Mammal": ["Dog", "Cat"], "Reptile": ["Snake"]}


def author(name: str) -> models.Author:
    return models.Author.objects.get_or_create(name=name, defaults={"date_of_birth": BORN.get(name)})[0]


def write_books() -> None:
    for key, (title, by, published, pages, setting, cast) in zip([*range(1, 8), FOUNDATION], NOVELS, strict=True):
        novel = models.Novel.objects.create(id=key, title=title, publication_date=published, number_of_pages=pages, setting=setting)
        novel.authors.add(author(by))
        people = [models.Character.objects.create(name=name, novel=novel) for name in cast]
        novel.protagonist = people[0] if people else None
        novel.save()
    for title, by, published, pages, language in GUIDES:
        model, more = (models.ProgrammingGuide, {"programming_language": language}) if language else (models.Book, {})
        book = model.objects.create(title=title, publication_date=published, number_of_pages=pages, **more)
        book.authors.add(*map(author, by))


def plan_meetings() -> None:
    made = {name: models.Meeting.objects.create(name=name, start_time=at) for name, at in MEETINGS}
    item = models.AgendaItem.objects.create(meeting=made["Stand-up meeting"], topic="What we did")
    models.Speaker.objects.create(agenda_item=item, name="Arthur Doyle")


def grow_trees() -> None:
    for model in (models.MPAnimal, models.NSAnimal):
        root = model.add_root(name="Animal")
        for name, kinds in ANIMALS.items():
            group = model.objects.get(pk=root.pk).add_child(name=name)
            for kind in kinds:
                model.objects.get(pk=group.pk).add_child(name=kind)


class OurBackend(BackendTests, TestCase):
    fixtures = []

    @classmethod
    def setUpTestData(cls):
        write_books()
        plan_meetings()
        grow_trees()
        call_command("rebuild_modelsearch_index", verbosity=0)

    def setUp(self):
        """Each test writes to a copy of the index of the books, which saves making it 120 times."""
        folder = Path(self.enterContext(TemporaryDirectory()), "search")
        shutil.copytree(settings.SEARCH_ROOT, folder, symlinks=True)
        self.enterContext(override_settings(SEARCH_ROOT=folder))
        self.addCleanup(engines.kept.cache_clear)
        self.backend, self.backend_name = get_search_backend(), "default"
