"""What we say of words ourselves, in text files beside this one."""

from pathlib import Path

FOLDER = Path(__file__).parent


def lines(name: str) -> list[str]:
    return [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def own_words(kind: str) -> list[str]:
    """Swedish words of which we say one thing."""
    return [word for line in lines("swedish.txt") if line.startswith(f"{kind}:") for word in line.split()[1:]]


def own_forms() -> dict[str, str]:
    """English forms, and their words."""
    return {form: word for word, *forms in map(str.split, lines("english.txt")) for form in forms}
