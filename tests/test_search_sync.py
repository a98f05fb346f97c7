"""The index follows the content: whatever changes is found, or is found no more, at once and after every accident."""

import datetime
import io
import threading
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, PageViewRestriction

from cms.events import ContentEvent, recorded
from cms.models import PortalImage, TopicLink
from cms.vocabulary.models import Licence, Topic
from directory.models import Affiliation, Organisation, Person
from home.models import StandardPage
from knowledge.models import GuideAuthor, GuidePage
from search import documents, sync, troubles, upkeep
from search.analysis import analyzer
from search.documents import key_of
from search.edition import Position
from search.engines import engine
from search.engines.base import PUBLIC, STAFF, Busy, Concept, Plan
from search.texts import Texts
from tests.indexes import copy_index
from tests.scratch import home, reread, write

pytestmark = pytest.mark.django_db

WORD, OTHER = "kvastkvittra", "vinglibongo"  # stand nowhere but in what a test writes


def plan(word: str, language: str = "sv", **fields) -> Plan:
    return Plan(language, concepts=(Concept((analyzer(language).normal(word),)),), size=None, **fields)


def found(word: str, language: str = "sv", **fields) -> set[str]:
    return {hit.key for hit in engine().search(plan(word, language, **fields)).hits}


def by_staff(word: str) -> set[str]:
    return found(word, access=(PUBLIC, STAFF))


def key(item) -> str:
    return key_of(type(item), item.pk)


# What changes a page


def test_a_page_is_found_when_it_is_published_and_by_staff_alone_before_and_after(indexing):
    page = write(f"Om {WORD}", live=False)
    assert (found(WORD), by_staff(WORD)) == (set(), {key(page)})
    page.save_revision().publish()
    assert found(WORD) == {key(page)}
    reread(page).unpublish()
    assert (found(WORD), by_staff(WORD)) == (set(), {key(page)})
    reread(page).delete()
    assert by_staff(WORD) == set()


def test_a_change_is_found_when_it_is_published(indexing):
    page = write(f"Om {WORD}")
    page.title = page.lead = f"Om {OTHER}"
    revision = page.save_revision()
    assert (found(WORD), found(OTHER)) == ({key(page)}, set())
    revision.publish()
    assert (found(WORD), found(OTHER)) == (set(), {key(page)})


def test_closing_a_section_closes_all_below_and_opening_it_opens_them(indexing):
    section = write("Avdelning")
    pages = {key(write(f"Om {WORD}", section)), key(write(f"Mer om {WORD}", write("Underavdelning", section)))}
    assert found(WORD) == pages
    restriction = PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert (found(WORD), by_staff(WORD)) == (set(), pages)
    restriction.delete()
    assert found(WORD) == pages


def test_what_is_moved_into_a_closed_section_is_closed_and_open_again_when_it_is_moved_out(indexing):
    shut, page = write("Stängt"), write("Avdelning")
    below = write(f"Om {WORD}", page)
    PageViewRestriction.objects.create(page=shut, restriction_type="login")
    reread(page).move(reread(shut), "last-child")
    assert found(WORD) == set()
    reread(page).move(home(), "last-child")
    assert found(WORD) == {key(below)}


def test_deleting_a_section_takes_all_below_with_it(indexing):
    section = write("Avdelning")
    write(f"Om {WORD}", section)
    reread(section).delete()
    assert by_staff(WORD) == set()


def test_each_language_finds_its_own_page(indexing):
    swedish = write(f"Om {WORD}")
    english = write(f"About {WORD}", of=swedish, language="en")
    assert (found(WORD), found(WORD, "en")) == ({key(swedish)}, {key(english)})


# What changes what a page says


def test_a_topic_that_is_renamed_is_found_by_its_new_name_on_every_page(indexing):
    topic = Topic.objects.create(code="new-topic", name_sv=f"Ämnet {WORD}", name_en="New")
    page, person = write("Sida"), Person.objects.public().first()
    page.topic_links.add(TopicLink(topic=topic))
    page.save()
    person.topic_links.create(topic=topic)
    person.save()
    assert found(WORD) == {key(page), key(person)}
    topic.name_sv, topic.alt_labels_sv = "Annat", f"synonym, {OTHER}"
    topic.save()
    assert (found(WORD), found(OTHER)) == (set(), {key(page), key(person)})
    assert engine().search(Plan("sv", filters={"topic": ("new-topic",)})).total == 2
    topic.delete()
    assert found(OTHER) == set()
    assert engine().search(Plan("sv", filters={"topic": ("new-topic",)})).total == 0


def test_an_organisation_that_is_renamed_is_found_with_the_people_in_it(indexing):
    role = Affiliation.objects.filter(ends_on=None, person__in=Person.objects.public()).first()
    role.organisation.name_sv = f"Föreningen {WORD}"
    role.organisation.save()
    assert {key(role.organisation), key(role.person)} <= found(WORD)
    role.organisation.unpublish()
    assert key(role.organisation) not in found(WORD)
    assert key(role.person) not in found(WORD)


def test_a_row_is_found_in_both_languages_by_its_name_in_each_of_them(indexing):
    organisation = Organisation.objects.public().first()
    organisation.name_sv, organisation.name_en = f"Föreningen {WORD}", f"The {OTHER} Society"
    organisation.save()
    for language in ("sv", "en"):
        assert key(organisation) in found(WORD, language) & found(OTHER, language)


def test_whatever_has_search_fields_is_found_by_staff(indexing):
    image = PortalImage.objects.first()
    image.title = f"Bild av {WORD}"
    image.save()
    topic = Topic.objects.create(code="x", name_sv=WORD, name_en="X")
    assert by_staff(WORD) == {key(image), key(topic)}
    assert found(WORD) == set()


def test_one_object_that_cannot_be_read_holds_up_no_other(indexing, monkeypatch, caplog):
    good, bad = write(f"Om {WORD}"), write(f"Mer om {WORD}")
    assert found(WORD) == {key(good), key(bad)}

    def broken(item, language):
        if item.pk == bad.pk:
            raise ValueError("a plugin with an error")
        return Texts(item, language)

    monkeypatch.setattr(documents, "Texts", broken)
    for page in (good, bad):
        page.save()
    assert found(WORD) == {key(good)}
    assert f"{key(bad)} cannot be read" in caplog.text


# What time changes


def test_a_person_whose_last_day_is_over_is_found_no_more(indexing):
    person = Person.objects.public().first()
    person.can_help_with_sv, person.can_help_with_visibility = WORD, "public"
    person.visible_until = datetime.date(2030, 5, 1)
    person.save()
    assert found(WORD) == {key(person)}
    with time_machine.travel("2030-05-02 12:00"):
        upkeep.follow_time()
        assert found(WORD) == set()
        name = str(person).lower().split()[0]
        assert key(person) not in {hit.key for hit in engine().suggest(name, "sv")}
    upkeep.follow_time()
    assert found(WORD) == {key(person)}


def test_what_time_changes_costs_nothing_while_nothing_changes(indexing, django_assert_max_num_queries, monkeypatch):
    with time_machine.travel(datetime.date.today()):
        upkeep.follow_time()
        monkeypatch.setattr(sync, "replace", pytest.fail)
        with django_assert_max_num_queries(20):
            upkeep.follow_time()


# At once


@pytest.fixture
def followed(db, settings, tmp_path):
    """As in a running portal: the index is written to when the transaction ends."""
    settings.SEARCH_ROOT = copy_index(tmp_path / "search")
    recorded.connect(sync.on_recorded, dispatch_uid="samverka-search")
    yield
    recorded.disconnect(dispatch_uid="samverka-search")


not_on_postgresql = pytest.mark.skipif(
    connection.vendor == "postgresql", reason="a reader is given what is committed, and a test never commits"
)


@not_on_postgresql
def test_whoever_saves_has_it_in_the_index_when_the_transaction_ends(followed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        page = write(f"Om {WORD}")
        page.save_revision().publish()
        assert found(WORD) == set()
    assert sum(callback.__name__ == "follow" for callback in callbacks) == 1, "once for each transaction"
    assert found(WORD) == {key(page)}
    assert Position.read(engine().position).event == ContentEvent.objects.latest("pk").pk


def test_an_organisation_that_wrote_a_guide_together_with_somebody_is_among_what_it_is_narrowed_by(db):
    organisation = Organisation.objects.public().first()
    authors = [GuideAuthor(person=Person.objects.public().first()), GuideAuthor(organisation=organisation)]
    guide = write(f"Om {WORD}", model=GuidePage, authors=authors, licence=Licence.objects.first())
    [document] = documents.documents_at([key(guide)])
    assert organisation.code in document.facets["organisation"]
    assert key(organisation) in document.refs


def test_no_error_of_the_index_breaks_a_save(followed, django_capture_on_commit_callbacks, monkeypatch, caplog):
    monkeypatch.setattr(sync, "catch_up", lambda *args, **kwargs: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        page = write(f"Om {WORD}")
    assert Page.objects.filter(pk=page.pk).exists()
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("accident", ["somebody else writes", "there is no index"])
def test_nobody_waits_for_an_index_that_cannot_be_written_to(
    followed, django_capture_on_commit_callbacks, accident, settings, tmp_path
):
    writing, done = threading.Event(), threading.Event()

    def write_for_long():
        with engine().writing():
            writing.set()
            done.wait(20)

    thread = threading.Thread(target=write_for_long)
    if accident == "there is no index":
        settings.SEARCH_ROOT = tmp_path / "nothing"
    else:
        thread.start()
        assert writing.wait(10)
    with django_capture_on_commit_callbacks() as callbacks:
        write(f"Om {WORD}")
    began = time.monotonic()
    for callback in callbacks:
        callback()
    assert time.monotonic() - began < 2, "0.1 s, on a machine that has nothing else to do"
    done.set()
    if accident == "somebody else writes":
        thread.join(10)


@not_on_postgresql
def test_what_is_too_much_at_once_is_left_to_the_worker(followed, django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr(sync, "AT_ONCE_OBJECTS", 2)
    with django_capture_on_commit_callbacks(execute=True):
        pages = {key(write(f"Om {WORD} {number}")) for number in range(4)}
    assert found(WORD) == set()
    keep = upkeep.Keeper().keep
    while keep():
        pass
    assert found(WORD) == pages


@not_on_postgresql
def test_what_takes_too_long_is_given_up_whole(followed, django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr(sync, "AT_ONCE_SECONDS", 0.000001)
    with django_capture_on_commit_callbacks(execute=True):
        page = write(f"Om {WORD}")
    position = engine().position
    assert found(WORD) == set()
    sync.catch_up(engine())
    assert found(WORD) == {key(page)}
    assert engine().position != position


def test_outside_a_transaction_it_is_left_to_the_worker(followed, monkeypatch):
    """There the rows that belong to an object are saved after it, each for itself."""
    connection = SimpleNamespace(in_atomic_block=False, run_on_commit=[])
    monkeypatch.setattr(sync, "transaction", SimpleNamespace(get_connection=lambda: connection, on_commit=pytest.fail))
    write(f"Om {WORD}")


@not_on_postgresql
def test_a_reader_that_is_interrupted_reads_again_and_comes_to_the_same(followed, monkeypatch):
    page, index = write(f"Om {WORD}"), engine()
    position = index.position

    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sync, "move", killed)
        with pytest.raises(KeyboardInterrupt):
            sync.catch_up(index)
    assert index.position == position
    assert found(WORD) == {key(page)}, "what is written before is no error"
    reread(page).delete()
    sync.catch_up(index)
    assert by_staff(WORD) == set()


def test_the_position_never_goes_back_nor_past_what_was_not_read(followed):
    index = engine()
    at = {event: Position(event, edition="x") for event in (4, 8, 10, 12, 14)}
    index.move(str(at[10]))
    for since, to, now in ((4, 8, 10), (12, 14, 10), (10, 14, 14)):  # the second read from an index that was replaced
        sync.move(index, since=at[since], to=at[to])
        assert Position.read(index.position) == at[now]


# Making it anew


@not_on_postgresql
def test_what_changes_while_the_index_is_made_anew_is_in_it(followed):
    stays, goes, index = write(f"Om {WORD}"), write(f"Mer om {WORD}"), engine()
    making = upkeep.rebuild(index)
    while True:
        count = next(making)
        if count > 150:  # the pages are read by then
            break
    reread(goes).delete()
    stays.title = f"Om {OTHER}"
    stays.save()
    comes = write(f"Nytt om {WORD}")
    assert list(making)
    assert (found(WORD), found(OTHER)) == ({key(comes), key(stays)}, {key(stays)})
    assert not upkeep.compare(index)


def test_no_row_is_skipped_when_others_go_while_the_index_is_made_anew(followed, monkeypatch):
    monkeypatch.setattr(upkeep, "CHUNK", 5)
    pages = [write(f"Om {WORD} {number}") for number in range(12)]
    read = []
    for keys in upkeep.chunks():
        read += keys
        if len(pages) == 12 and key(pages[2]) in keys:
            reread(pages.pop(0)).delete()
    assert {key(page) for page in pages} <= set(read)


def test_the_old_index_answers_until_the_new_one_is_whole(followed):
    making = upkeep.rebuild(engine())
    next(making)
    assert engine().search(Plan("sv")).total > 0
    making.close()
    assert engine().search(Plan("sv")).total > 0
    upkeep.ensure(engine())


def test_an_index_of_another_database_or_of_other_code_is_made_anew(followed, monkeypatch):
    index = engine()
    assert upkeep.is_usable(index)
    ours = Position.read(index.position)
    at_another_time, not_there = replace(ours, at="2020-01-01"), replace(ours, event=10**9)
    for other in (at_another_time, not_there, replace(ours, edition="x")):
        index.move(str(other))
        assert not upkeep.is_usable(index)
    upkeep.ensure(index)
    assert upkeep.is_usable(index)


def test_the_worker_makes_an_index_where_there_is_none_bit_by_bit(followed, settings, tmp_path, monkeypatch):
    settings.SEARCH_ROOT = tmp_path / "new"
    monkeypatch.setattr(upkeep, "TURN_SECONDS", 0)
    monkeypatch.setattr(upkeep, "CHUNK", 50)
    keeper, turns = upkeep.Keeper(), 0
    assert engine().health().problem
    while not upkeep.is_usable(engine()):
        keeper.keep()
        turns += 1
    assert turns > 3
    assert not upkeep.compare(engine())


def test_after_an_error_the_worker_waits_longer_each_time_and_no_more_once_it_is_over(followed, monkeypatch):
    keeper, now = upkeep.Keeper(), [1000.0]
    monkeypatch.setattr(upkeep.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(upkeep, "is_usable", lambda index: 1 / 0)
    pauses = []
    for _ in range(12):
        with pytest.raises(ZeroDivisionError):
            keeper.keep()
        assert keeper.keep() is False, "not tried while it waits"
        pauses.append(keeper.not_before - now[0])
        now[0] = keeper.not_before
    assert (pauses[:4], pauses[-1]) == ([1, 2, 4, 8], 300)
    monkeypatch.undo()
    keeper.not_before = 0
    keeper.keep()
    assert keeper.pause == 0


def test_the_worker_lets_somebody_else_make_the_index(followed, monkeypatch):
    monkeypatch.setattr(upkeep, "is_usable", lambda index: False)
    generation = engine().begin_generation()
    assert upkeep.Keeper().keep() is False
    generation.drop()


# Commands


def told(*command: str) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_the_doctor_finds_what_differs_and_mends_it(followed):
    lost, changed, gone = write("Förlorad"), write("Ändrad"), write("Borta")
    upkeep.ensure(engine())
    sync.write(engine(), [key(page) for page in (lost, changed, gone)])
    assert "missing" not in told("search_doctor")
    engine().delete([key(lost)])
    Page.objects.filter(pk=changed.pk).update(title=f"Om {WORD}")
    StandardPage.objects.filter(pk=gone.pk).delete()
    ContentEvent.objects.all().delete()
    engine().move(str(Position.now()))
    with pytest.raises(CommandError, match="--repair"):
        call_command("search_doctor", stdout=(out := io.StringIO()))
    for name, page in (("missing", lost), ("different", changed)):
        assert f"1 {name}: {key(page)}" in out.getvalue()
    assert "1 too much" in out.getvalue()
    assert "3 mended" in told("search_doctor", "--repair")
    assert "missing" not in told("search_doctor")
    assert found(WORD) == {key(changed)}


@not_on_postgresql
def test_the_commands_say_what_they_did(followed, settings, tmp_path):
    page = write(f"Om {WORD}")
    assert "up to date" in told("search_sync")
    assert found(WORD) == {key(page)}
    assert "objects in" in told("search_rebuild")
    settings.SEARCH_ROOT = tmp_path / "nothing"
    for command in ("search_sync", "search_doctor"):
        with pytest.raises(CommandError, match="search_rebuild"):
            call_command(command)


# What staff see of it


def test_staff_see_what_is_in_the_index_what_is_not_there_yet_and_what_went_wrong(followed, signed_in):
    address, counts = reverse("search_indexes"), engine().health().documents
    page = signed_in("reviewer").get(address)
    (state,) = page.context["states"]
    assert [number for _, number in state.documents] == [counts["sv"], counts["en"]]
    assert (state.waiting, state.trouble) == (
        ContentEvent.objects.filter(pk__gt=Position.read(engine().position).event).count(),
        None,
    )
    troubles.note("sqlite", Busy("Many write just now."))
    with translation.override("en"):
        assert "Busy: Many write just now." in signed_in("reviewer").get(address).content.decode()
    assert signed_in("translator").get(address).status_code == 302


@not_on_postgresql
def test_a_change_that_is_not_in_the_index_yet_is_told(followed, signed_in):
    upkeep.ensure(engine())
    write("Sida")
    (state,) = signed_in("reviewer").get(reverse("search_indexes")).context["states"]
    assert state.waiting == ContentEvent.objects.filter(pk__gt=Position.read(engine().position).event).count() > 0
    assert state.since


def test_an_index_that_cannot_be_asked_says_so(followed, signed_in, settings, tmp_path):
    settings.SEARCH_ROOT = tmp_path / "nothing"
    shown = " ".join(signed_in("reviewer").get(reverse("search_indexes")).content.decode().split())
    assert "Svarar inte: The index is not made yet." in shown
