"""What a vote comes to: one rule, in whole numbers."""

from dataclasses import dataclass, replace

from models.votes.rules.kinds import Choice, Majority, Result


@dataclass(frozen=True)
class Tally:
    """How many voices said what; ValueError below nought."""

    yes: int = 0
    no: int = 0
    abstain: int = 0

    def __post_init__(self) -> None:
        if min(self.yes, self.no, self.abstain) < 0:
            raise ValueError(f"{self} counts below nought")

    @property
    def voted(self) -> int:
        """How many voices were given."""
        return self.yes + self.no + self.abstain

    def of(self, choice: Choice) -> int:
        """Give how many said this."""
        return int(getattr(self, choice.value))

    def put(self, choice: Choice) -> "Tally":
        """Give it with one voice more."""
        return replace(self, **{choice.value: self.of(choice) + 1})

    def take(self, choice: Choice) -> "Tally":
        """Give it with one voice less; ValueError where nobody said so."""
        return replace(self, **{choice.value: self.of(choice) - 1})


def has_quorum(voted: int, eligible: int, quorum: int) -> bool:
    """Tell whether enough of those on the roll have voted: `quorum` per cent, and one at least."""
    return voted >= 1 and voted * 100 >= quorum * eligible


def has_majority(tally: Tally, majority: Majority) -> bool:
    """Tell whether there is enough of yes among yes and no; who abstains is in neither."""
    if majority is Majority.TWO_THIRDS:
        return tally.yes >= 1 and tally.yes * 3 >= (tally.yes + tally.no) * 2
    return tally.yes > tally.no


def outcome(tally: Tally, eligible: int, quorum: int, majority: Majority) -> Result:
    """Give what a vote comes to, of so many `eligible` voices, at a `quorum` in per cent.

    Abstentions count for the quorum and for nothing else. A tie has not passed. A vote in which
    nobody took part decides nothing, whatever the quorum. ValueError where more have voted than
    may, or for a quorum that is no share.
    """
    if not 0 <= quorum <= 100 or tally.voted > eligible:
        raise ValueError(f"{tally.voted} of {eligible} voices at a quorum of {quorum} %")
    if not has_quorum(tally.voted, eligible, quorum):
        return Result.NO_QUORUM
    return Result.PASSED if has_majority(tally, majority) else Result.FAILED
