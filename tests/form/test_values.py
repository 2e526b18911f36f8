"""Answers survive being kept as JSON."""

import json
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.form import File, FileKind, Letter, Moment, Phone, Photo, Spot, Voice
from handlers.form.values import DamagedError, decode, encode

words = st.text(max_size=20)
degrees = st.floats(-180, 180)
answers = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    words,
    st.builds(Photo, words, words, words),
    st.builds(File, st.sampled_from(FileKind), words, words, words, words),
    st.builds(Voice, words, words, st.integers()),
    st.builds(Spot, degrees, degrees),
    st.builds(
        Letter,
        words,
        st.lists(st.fixed_dictionaries({"type": words, "offset": st.integers()})).map(tuple),
        st.lists(st.tuples(words, words)).map(tuple),
        st.none() | degrees,
        st.none() | degrees,
    ),
    st.builds(Phone, words, st.booleans()),
    st.builds(Moment, st.datetimes(timezones=st.just(UTC)), st.booleans()),
    st.dates(),
    st.times(),
)


@given(st.one_of(answers, st.lists(answers, max_size=4)))
def test_an_answer_reads_back_as_it_was(answer: object) -> None:
    assert decode(json.loads(json.dumps(encode(answer)))) == answer


@pytest.mark.parametrize("answer", [object(), {"a": 1}, {1, 2}])
def test_what_is_no_answer_is_refused(answer: object) -> None:
    with pytest.raises(TypeError):
        encode(answer)


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"~": "gone"},
        {"~": "photo"},
        {"~": "file", "kind": "gif"},
        {"~": "date", "is": "soon"},
        {"~": "time", "is": 3},
    ],
)
def test_what_cannot_be_read_is_damaged(kept: object) -> None:
    with pytest.raises(DamagedError):
        decode(kept)
