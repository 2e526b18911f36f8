"""Markup to entities: offsets in UTF-16, nesting, what Telegram adds by itself."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import detect, utf16_length
from sandbox.formatted import format_text
from sandbox.wire import ApiError


def spans(entities: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    return [(entity["type"], entity["offset"], entity["length"]) for entity in entities]


@pytest.mark.parametrize(
    ("mode", "source", "text", "expected"),
    [
        ("HTML", "😀<b>你<i>好</i></b>", "😀你好", [("bold", 2, 2), ("italic", 3, 1)]),
        ("HTML", "&lt;b&gt; &amp; &nbsp;", "<b> & &nbsp;", []),
        ("HTML", "  <b> x </b> ", "x", [("bold", 0, 1)]),
        ("HTML", '<a href="a.cn">l</a>', "l", [("text_link", 0, 1)]),
        ("HTML", "<a>l</a>", "l", []),
        ("HTML", "<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ("HTML", '<span class="tg-spoiler">s</span>', "s", [("spoiler", 0, 1)]),
        ("HTML", "<code>/start</code> /go", "/start /go", [("code", 0, 6), ("bot_command", 7, 3)]),
        ("MarkdownV2", "*b _i_* __u__ ~s~ ||p||", "b i u s p",
         [("bold", 0, 3), ("italic", 2, 1), ("underline", 4, 1), ("strikethrough", 6, 1),
          ("spoiler", 8, 1)]),
        ("MarkdownV2", r"1\.2 \*x\*", "1.2 *x*", []),
        ("MarkdownV2", "[名](tg://user?id=5)", "名", [("text_mention", 0, 1)]),
        ("MarkdownV2", ">a\n>b\nc", "a\nb\nc", [("blockquote", 0, 3)]),
        ("MarkdownV2", "```py\nx=1```", "x=1", [("pre", 0, 3)]),
        ("MarkdownV2", "`a_b.c`", "a_b.c", [("code", 0, 5)]),
        ("Markdown", r"*b* a\_b [l](a.cn)", "b a_b l", [("bold", 0, 1), ("text_link", 6, 1)]),
    ],
)  # fmt: skip
def test_markup(mode: str, source: str, text: str, expected: list[tuple[str, int, int]]) -> None:
    visible, entities = format_text(source, mode, None)
    assert visible == text
    assert spans(entities) == expected


def test_what_telegram_finds_by_itself() -> None:
    text = "😀/go@linli_bot https://a.cn/x, #标签 me@x.org @wang_xy $USD 1/2 a/b"
    assert spans(detect(text)) == [
        ("bot_command", 2, 13),
        ("url", 16, 14),
        ("hashtag", 32, 3),
        ("email", 36, 8),
        ("mention", 45, 8),
        ("cashtag", 54, 4),
    ]


def test_given_entities_are_moved_with_trimmed_text() -> None:
    explicit = [
        {"type": "bold", "offset": 1, "length": 3},
        {"type": "url", "offset": 0, "length": 2},
    ]
    assert format_text(" ab cd ", "", explicit) == ("ab cd", [explicit[0] | {"offset": 0}])


@given(
    st.text(alphabet=st.sampled_from("ab好😀 \n*_`~|[]()<>/&;!.\\#@\"'=bi"), max_size=40),
    st.sampled_from(["HTML", "MarkdownV2", "Markdown", ""]),
)
def test_any_text_is_taken_or_refused_in_words(source: str, mode: str) -> None:
    text, entities = taken_or_refused(source, mode)
    for entity in entities:
        assert entity["length"] > 0
        assert 0 <= entity["offset"] <= utf16_length(text) - entity["length"]


def taken_or_refused(source: str, mode: str) -> tuple[str, list[dict[str, Any]]]:
    with suppress(ApiError):
        return format_text(source, mode, None)
    with pytest.raises(ApiError, match="can't parse entities: "):
        format_text(source, mode, None)
    return "", []
