"""What every outcome says, in one registry, and whether a passing word is enough for it."""

from enum import StrEnum

from handlers.i18n import gettext as _
from handlers.i18n import mark
from models.records.rules import Refusal

_SENTENCES: dict[tuple[str, type[StrEnum], str], str] = {}
_GOOD: dict[tuple[str, type[StrEnum], str], bool] = {}


def says(*sentences: tuple[StrEnum, str], good: bool, of: str = "") -> None:
    """Enter what outcomes say; `good` ones are a passing word, others stay until they are read.

    With `of`, a subject says an outcome of all in its own words. ValueError for two sentences.
    Pairs, not a mapping: outcomes of two kinds that are worded alike would be one key.
    """
    for outcome, sentence in sentences:
        key = (of, type(outcome), str(outcome))
        if key in _SENTENCES:
            raise ValueError(f"two sentences for {outcome!r}")
        _SENTENCES[key] = sentence
        _GOOD[key] = good


def unsaid() -> list[StrEnum]:
    """List outcomes without a sentence, of those kinds of which any has one."""
    kinds = {kind for _of, kind, _outcome in _SENTENCES}
    every = [outcome for kind in kinds for outcome in kind]
    return [outcome for outcome in every if ("", type(outcome), str(outcome)) not in _SENTENCES]


def said(outcome: StrEnum, of: str = "") -> str:
    """Say an outcome, in the words of a subject where it has its own."""
    key = (type(outcome), str(outcome))
    sentence = _SENTENCES.get((of, *key)) or _SENTENCES["", *key]
    return _(sentence)


def is_good(outcome: StrEnum, of: str = "") -> bool:
    """Return whether a passing word is enough for an outcome, with a subject's own words."""
    key = (type(outcome), str(outcome))
    return _GOOD.get((of, *key), _GOOD.get(("", *key), False))


says(
    (Refusal.MISSING, mark("This is no longer there.")),
    (Refusal.NOT_ALLOWED, mark("This is not of your places. The attempt has been noted.")),
    (Refusal.OWN, mark("You had a hand in this, so somebody else judges it.")),
    (Refusal.ALREADY, mark("That is so already.")),
    (Refusal.WRONG_TIME, mark("It has moved on meanwhile. This is how it stands now.")),
    (Refusal.TOO_EARLY, mark("It is too early for that.")),
    (Refusal.TOO_LATE, mark("It is too late for that.")),
    (Refusal.EMPTY, mark("A few words are needed.")),
    (Refusal.BAD_CHOICE, mark("That is not among the choices. Please choose once more.")),
    (Refusal.BAD_DATE, mark("Please name a day to come, within a year.")),
    good=False,
)
