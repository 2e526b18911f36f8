"""What counts as an answer to 'is it solved?'."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.help.verdicts import COURTESY, PERHAPS, SOLVED, UNSOLVED, Meant, read_verdict


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("解决了", Meant.SOLVED),
        ("解决了，谢谢您！", Meant.SOLVED),
        ("已经修好了 👍", Meant.SOLVED),
        ("好了。", Meant.SOLVED),
        ("Solved!", Meant.SOLVED),
        ("灯亮了，谢谢小李", Meant.SOLVED),
        ("解決了", Meant.SOLVED),
        ("all sorted, cheers", Meant.SOLVED),
        ("It’s been fixed", Meant.SOLVED),
        ("没人来", Meant.UNSOLVED),
        ("还在漏", Meant.UNSOLVED),
        ("it's still leaking", Meant.UNSOLVED),
        ("Yes, it is solved, thank you very much", Meant.SOLVED),
        ("It's fixed", Meant.SOLVED),
        ("没解决", Meant.UNSOLVED),
        ("还没有解决呀", Meant.PERHAPS),
        ("还没好", Meant.UNSOLVED),
        ("Not yet.", Meant.UNSOLVED),
        ("not solved", Meant.UNSOLVED),
        ("没有", Meant.PERHAPS),
        ("是的", Meant.PERHAPS),
        ("yes", Meant.PERHAPS),
        ("No", Meant.PERHAPS),
        ("灯还是没修好", Meant.PERHAPS),
        ("The lamp is solved but", Meant.PERHAPS),
        ("谁能帮我解决水管", None),
        ("请把门修好", None),
        ("我家的猫没人喂", None),
        ("谢谢", Meant.PERHAPS),
        ("", None),
        ("水管昨天修好了，可是今天早上又开始漏水，厨房地上全是水", None),
    ],
)
def test_answers_are_told_from_all_else(text: str, meant: Meant | None) -> None:
    assert read_verdict(text) is meant


def test_no_word_means_two_things() -> None:
    assert not SOLVED & UNSOLVED
    assert not PERHAPS & (SOLVED | UNSOLVED)
    for said in SOLVED | UNSOLVED | PERHAPS:
        assert said == COURTESY.sub("", said).casefold(), f"{said} can never be met"
        assert said.isalnum()


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert read_verdict(text) in {*Meant, None}
