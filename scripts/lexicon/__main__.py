"""Builds search/analysis/data: .venv/bin/python -m scripts.lexicon

It reads Debian's package hunspell-sv (1:7.5.0-1) and simplemma (pip install simplemma==2.0.0), neither of which the portal
needs. With --check it builds into a folder of its own and compares: the data in the repository is what its sources give.
"""

import argparse
import filecmp
import sys
import tempfile
from pathlib import Path

from scripts.lexicon import english, hunspell, learning, lemmas
from scripts.lexicon.own import own_words
from scripts.lexicon.packing import pack
from scripts.lexicon.swedish import Swedish
from search.analysis.lexicon import FOLDER, Lexicon


def build(folder: Path) -> None:
    pack("forms-en", english.drafts(), folder)
    dictionary = hunspell.read()
    for word in own_words("whole"):
        dictionary.words[word].whole = True
    for word in own_words("person"):
        hunspell.add_word(word, *hunspell.PERSONS, True, dictionary)
    for word in own_words("noun"):
        hunspell.add_word(word, *hunspell.THINGS, True, dictionary)
    swedish = Swedish(dictionary, lemmas.regular(dictionary), learning.compounds(dictionary))
    pack("words-sv", swedish.simple(set()), folder)
    simple = swedish.simple(swedish.regular(Lexicon("words-sv", folder)))
    pack("words-sv", simple, folder)
    pack("forms-sv", swedish.strange(simple, lemmas.strange(dictionary)), folder)


def differing(folder: Path) -> list[str]:
    """The names of files that are not as those in the repository."""
    names = [path.name for path in sorted(folder.iterdir())]
    return [name for name in names if not (FOLDER / name).exists() or not filecmp.cmp(folder / name, FOLDER / name, shallow=False)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="build elsewhere and compare")
    if not parser.parse_args().check:
        build(FOLDER)
    else:
        with tempfile.TemporaryDirectory() as folder:
            build(Path(folder))
            names = differing(Path(folder))
        sys.exit(f"Not what the sources give: {', '.join(names)}" if names else 0)
