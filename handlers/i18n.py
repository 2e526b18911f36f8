"""Words in the reader's language: gettext catalogues, read from their .po files at start.

Source strings are English and are said as they stand, so English has no catalogue. `zh_Hans` is the
default language of people. The current language is a context variable, so a screen says `_("...")`
and whoever renders it says `speaking(language)`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from models import text

CATALOGUES = Path(__file__).parent.parent / "locales"
DOMAIN = "linli"
CHINESE = "zh_Hans"
CHINESE_TONGUES = frozenset(
    {"zh", "cmn", "yue", "wuu", "nan", "hak", "gan", "hsn", "cdo", "cjy", "cpx", "czh", "czo"}
    | {"mnp", "lzh", "zho", "chi"}
)
"""Of ISO 639-1 and 639-3: what is written in Chinese."""

ENGLISH = "en"
mark = text.mark
"""Marks a sentence where it is named, to be said elsewhere with `gettext`."""

LANGUAGES = {CHINESE: "简体中文", ENGLISH: "English"}
"""Each language by its own name, the default first."""


@cache
def catalogue(language: str) -> NullTranslations:
    """Read a language's catalogue; KeyError for a language that we do not speak."""
    LANGUAGES[language]
    if language == ENGLISH:
        return NullTranslations()
    path = CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


_speaking: ContextVar[str] = ContextVar("speaking", default=CHINESE)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Render everything inside in one language."""
    token = _speaking.set(language if language in LANGUAGES else CHINESE)
    try:
        yield
    finally:
        _speaking.reset(token)


def current_language() -> str:
    """Name the language being spoken."""
    return _speaking.get()


def gettext(message: str) -> str:
    """Say a sentence in the current language."""
    return catalogue(_speaking.get()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Say a sentence that counts in the current language."""
    return catalogue(_speaking.get()).ngettext(singular, plural, count)


def phrases(message: str) -> frozenset[str]:
    """Return a sentence in every language: what a tap on a reply-keyboard button may send."""
    return frozenset(catalogue(language).gettext(message) for language in LANGUAGES)


def guess_language(language_code: str | None, default: str = CHINESE) -> str:
    """Guess from Telegram's IETF tag: any Chinese is Chinese, anything else named is English."""
    if not language_code:
        return default
    tongue = language_code.lower().replace("_", "-").partition("-")[0]
    return CHINESE if tongue in CHINESE_TONGUES else ENGLISH
