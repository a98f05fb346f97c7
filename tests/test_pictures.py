"""The demo's pictures: drawn alike each time, unlike each other, described in both languages, never lichen yellow."""

from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from PIL import Image, ImageChops, ImageStat

from cms.demo import pictures

TEXTS = yaml.safe_load((Path(pictures.__file__).parent / "content/pictures.yaml").read_text())
LICHEN = (0xF2, 0xB7, 0x1C)

drawn = cache(pictures.draw)


def far_from(image: Image.Image, colour: tuple[int, int, int]) -> int:
    """How far the nearest pixel is from the colour, in the channel where it differs most."""
    red, green, blue = ImageChops.difference(image, Image.new("RGB", image.size, colour)).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).getextrema()[0]


def test_there_are_twelve_pictures():
    assert len(set(pictures.NAMES)) == 12


@pytest.mark.parametrize("name", pictures.NAMES)
def test_a_picture_is_wide_enough_and_has_something_on_it(name):
    assert drawn(name).size == (1600, 1000)
    assert drawn(name).mode == "RGB"
    assert max(ImageStat.Stat(drawn(name)).stddev) > 10


@pytest.mark.parametrize("name", pictures.NAMES)
def test_a_picture_is_the_same_each_time(name):
    assert pictures.draw(name).tobytes() == drawn(name).tobytes()


def test_no_two_pictures_are_alike():
    small = {name: drawn(name).resize((80, 50)) for name in pictures.NAMES}
    for one, other in combinations(pictures.NAMES, 2):
        difference = ImageStat.Stat(ImageChops.difference(small[one], small[other])).mean
        assert max(difference) > 15, f"{one} and {other} are hard to tell apart"


@pytest.mark.parametrize("name", pictures.NAMES)
def test_lichen_yellow_is_left_to_the_page(name):
    assert far_from(drawn(name), LICHEN) > 40


def test_lichen_yellow_would_be_found():
    spot = drawn("shore").copy()
    spot.putpixel((800, 500), LICHEN)
    assert far_from(spot, LICHEN) == 0


def test_every_picture_is_described_in_both_languages():
    assert tuple(text["id"] for text in TEXTS) == pictures.NAMES
    for text in TEXTS:
        assert text["licence"] == "CC0-1.0"
        for field in ("title", "alt"):
            assert set(text[field]) == {"sv", "en"}
        assert all(40 < len(alt) <= 160 for alt in text["alt"].values())
        assert text["alt"]["sv"] != text["alt"]["en"]


def test_what_must_stay_in_a_crop_lies_in_the_picture():
    for text in TEXTS:
        if spot := text.get("focal_point"):
            for middle, length, edge in (("x", "width", pictures.WIDTH), ("y", "height", pictures.HEIGHT)):
                reach = spot[length] / 2
                assert reach <= spot[middle] <= edge - reach


def test_a_portrait_shows_the_initials_and_keeps_to_its_seed():
    asa = pictures.draw_portrait("ÅL", "asa")
    assert asa.size == (600, 600)
    assert asa.tobytes() == pictures.draw_portrait("ÅL", "asa").tobytes()
    letters = ImageChops.difference(asa, pictures.draw_portrait("MK", "asa")).getbbox()
    assert letters
    assert 100 < letters[0] < letters[2] < 500
    assert asa.tobytes() != pictures.draw_portrait("ÅL", "bo").tobytes()


def test_the_hero_chart_is_light():
    chart = Path(pictures.__file__).parents[1] / "static/cms/chart-hero.svg"
    assert 1_000 < chart.stat().st_size <= 12_000
