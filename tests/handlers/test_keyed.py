"""Commands and keys of the menu as people write them, and languages that are Chinese."""

import pytest

from handlers.i18n import CHINESE, ENGLISH, guess_language


@pytest.mark.parametrize("code", ["zh", "zh-hans", "zh-TW", "yue", "cmn", "wuu", "yue-HK", "ZH_CN"])
def test_every_chinese_is_chinese(code: str) -> None:
    assert guess_language(code) == CHINESE


@pytest.mark.parametrize("code", ["en", "de", "zhuang", "ja"])
def test_whatever_else_is_not(code: str) -> None:
    assert guess_language(code) == ENGLISH
