"""What search does with words."""

import pytest

from search.analysis import Token, analyzer, fold


def test_a_text_falls_into_words_that_say_where_they_stand():
    text = "Våra API:er, och mötet."
    tokens = list(analyzer("sv").tokens(text))
    assert tokens[1] == Token("api:er", "api", (), 5, 11)
    assert [text[token.start : token.end] for token in tokens] == ["Våra", "API:er", "och", "mötet"]


def test_places_are_right_where_letters_and_their_accents_stand_apart():
    text = "i sa\u0308\u00adkerheten nu"
    token = list(analyzer("sv").tokens(text))[1]
    assert (token.word, text[token.end :]) == ("säkerheten", " nu")


@pytest.mark.parametrize(
    ("language", "written", "normal", "parts"),
    [
        ("sv", "e-post", "epost", ("e", "post")),
        ("sv", "API:er", "api", ()),
        ("sv", "EU:s", "eu", ()),
        ("sv", "3:e", "3", ()),
        ("sv", "GDPR-frågor", "gdprfråg", ("gdpr", "fråg")),
        ("en", "the organisation’s", "organis", ()),
        ("en", "O’Brien", "obrien", ("o", "brien")),
        ("en", "e\u2011mails", "email", ("e", "mail")),
    ],
)
def test_signs_inside_words_are_understood(language, written, normal, parts):
    token = list(analyzer(language).tokens(written))[-1]
    assert (token.normal, token.parts) == (normal, parts)


def test_words_that_say_nothing_are_known():
    assert analyzer("sv").is_stop("Och")
    assert analyzer("en").is_stop("Don’t")
    assert not analyzer("sv").is_stop("samverkan")


def test_a_word_is_folded_as_people_type_without_a_swedish_keyboard():
    assert fold("Säkerhet på Ærø") == "sakerhet pa aro"
