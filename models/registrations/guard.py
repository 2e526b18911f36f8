"""What no register may ask for, in whatever words; standard library only."""

import re
import unicodedata
from enum import StrEnum
from itertools import accumulate

from models.sheets.rules.identity import holds_identity_number


class Forbidden(StrEnum):
    """What is kept nowhere, and asked of nobody."""

    IDENTITY = "identity"
    """Numbers and copies of identity papers."""
    NATIONALITY = "nationality"
    FAITH = "faith"
    RECORD = "record"
    """What the police, a court or anybody's list has of somebody."""
    WATCHED = "watched"
    """Whom others find suspicious, and what they are worth."""


_ASKS: dict[Forbidden, tuple[str, ...]] = {
    Forbidden.IDENTITY: (
        "身份证", "身分证", "证件号", "公民身份", "護照", "护照", "户口本", "户口簿", "社会保障号",
        "identitycard", "identitynumber", " idcard", " idnumber", " idno ", "passport",
        "identificationnumber", "socialsecurity", "nationalid",
    ),
    Forbidden.NATIONALITY: (
        "民族", "族别", "族裔", "国籍", "籍贯", "种族",
        "nationality", "ethnic", " race ", "citizenship",
    ),
    Forbidden.FAITH: (
        "宗教", "信仰", "信教", "教派", "教徒", "政治面貌",
        "religion", "religious", "faith", "church", "mosque", "worship", "politicalview",
    ),
    Forbidden.RECORD: (
        "前科", "犯罪", "案底", "违法记录", "吸毒", "涉毒", "刑满", "服刑",
        "矫正人员", "上访", "信访人",
        "policerecord", "criminal", "conviction", "arrest", "petitioner",
    ),
    Forbidden.WATCHED: (
        "重点人员", "重点人口", "可疑", "嫌疑", "黑名单", "信用分", "信用评分", "积分评级",
        "危险分子",
        "suspicio", "suspect", "blacklist", "creditscore", "socialscore", "watchlist",
    ),
}  # fmt: skip
"""Folded as `_folded` does; a space stands where a word has to begin or to end."""

_WORD = re.compile(r"[a-z]+", re.ASCII)


def forbidden_in(*texts: str) -> Forbidden | None:
    """Return what words ask for that no register may ask for; None where they may be asked.

    However it is spaced, cased or wide. The number of an identity card counts, too.
    """
    for text in texts:
        if holds_identity_number(text):
            return Forbidden.IDENTITY
        folded, words = _folded(text), _WORD.findall(_plain(text))
        for forbidden, asks in _ASKS.items():
            if any(_among(one, words) if " " in one else one in folded for one in asks):
                return forbidden
    return None


def _among(one: str, words: list[str]) -> bool:
    """Return whether words, however many in a row, begin so; where it ends in a space, are so."""
    whole, asked = one.endswith(" "), one.strip()
    runs = ("".join(words[start:]) for start in range(len(words)))
    ends = set(accumulate(map(len, words)))
    at = accumulate(map(len, words), initial=0)
    return any(
        run.startswith(asked) and (not whole or begin + len(asked) in ends)
        for run, begin in zip(runs, at, strict=False)
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _folded(text: str) -> str:
    return "".join(char for char in _plain(text) if char.isalnum())
