"""What was found of one model, and how such finds are put together."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Matches:
    """Primary keys as text, each with its score; or, with ``all_but``, everything except them."""

    scores: dict[str, float] = field(default_factory=dict)
    all_but: bool = False

    def __and__(self, other: "Matches") -> "Matches":
        if self.all_but and other.all_but:
            return Matches({**self.scores, **other.scores}, all_but=True)
        if self.all_but:
            return other & self
        if other.all_but:
            return Matches({pk: score for pk, score in self.scores.items() if pk not in other.scores})
        return Matches({pk: score + other.scores[pk] for pk, score in self.scores.items() if pk in other.scores})

    def __or__(self, other: "Matches") -> "Matches":
        if self.all_but or other.all_but:
            return ~(~self & ~other)
        return Matches({pk: self.scores.get(pk, 0) + other.scores.get(pk, 0) for pk in {**self.scores, **other.scores}})

    def __invert__(self) -> "Matches":
        return Matches(self.scores, not self.all_but)

    def __mul__(self, boost: float) -> "Matches":
        return self if self.all_but else Matches({pk: score * boost for pk, score in self.scores.items()})

    def best_of(self, other: "Matches") -> "Matches":
        """The same question in two languages: what both find counts once."""
        both = {**self.scores, **other.scores}
        return Matches({pk: max(self.scores.get(pk, 0), other.scores.get(pk, 0)) for pk in both})


EVERYTHING = Matches(all_but=True)
