"""Fields that nothing is wrong with, and answers to them, as property tests draw them."""

from datetime import date

from hypothesis import strategies as st

from models.sheets.rules.answers import Pictured
from models.sheets.rules.fields import (
    LOOKED_UP,
    PERSONAL,
    FieldKind,
    SheetField,
    SheetOption,
    SheetWords,
    bounds,
)
from models.sheets.rules.plates import PROVINCES

KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
PLATES = st.builds(
    str.__add__,
    st.sampled_from([*PROVINCES]),
    st.from_regex(r"[A-Z]([0-9][A-HJ-NP-Z0-9]{4}|[A-HJK][A-HJ-NP-Z0-9][0-9]{4})", fullmatch=True),
)
"""Plates as they are kept, of either length."""
WORDS = st.builds(SheetWords, st.text("天地人", min_size=1), st.text("abc", min_size=1))


@st.composite
def fields(draw: st.DrawFn) -> SheetField:
    """Draw a field that nothing is wrong with."""
    kind = draw(st.sampled_from(FieldKind))
    keys = draw(st.lists(KEYS, min_size=1, max_size=5, unique=True))
    options = tuple(SheetOption(key, draw(WORDS)) for key in keys)
    chosen = kind in {FieldKind.CHOICE, FieldKind.MANY}
    most = {
        FieldKind.NUMBER: draw(st.integers(0, 10_000)),
        FieldKind.TEXT: draw(st.integers(1, 200)),
    }
    return SheetField(
        key=draw(KEYS),
        kind=kind,
        words=draw(WORDS),
        short=draw(st.none() | WORDS),
        help=draw(st.none() | WORDS),
        options=options if chosen else (),
        most=draw(st.none() | st.just(most.get(kind))),
        required=draw(st.booleans()),
        sealed=kind in PERSONAL or (kind is not FieldKind.MANY and draw(st.booleans())),
        indexed=kind in LOOKED_UP and draw(st.booleans()),
    )


def answers_to(field: SheetField) -> st.SearchStrategy[object]:
    """Draw what serves as an answer."""
    least, most = bounds(field)
    keys = [one.key for one in field.options] or ["none"]
    return {
        FieldKind.TEXT: st.text("平安ab", min_size=1, max_size=most),
        FieldKind.NUMBER: st.integers(least, most),
        FieldKind.CHOICE: st.sampled_from(keys),
        FieldKind.MANY: st.lists(st.sampled_from(keys), min_size=1, unique=True),
        FieldKind.DAY: st.dates(date(1900, 1, 1), date(2100, 12, 31)),
        FieldKind.YES_NO: st.booleans(),
        FieldKind.PHONE: st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
        FieldKind.PLATE: PLATES,
        FieldKind.PHOTO: st.builds(Pictured, st.from_regex(r"[A-Za-z0-9_-]{8,40}", fullmatch=True)),
    }[field.kind]
