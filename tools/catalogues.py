"""The catalogues of words: `python -m tools.catalogues` renews them from the sources.

What was translated stays, what nobody says any more is dropped, what is new stands untranslated
until somebody writes it. English is said as the source has it and has no file. The files hold no
dates and no line numbers, so that a change of code changes only the words it changes.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from handlers.i18n import CATALOGUES, DOMAIN, ENGLISH, LANGUAGES

HERE = Path(__file__).parent.parent
SOURCES = (HERE / "handlers", HERE / "models")
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "mark": None,
    "phrases": None,
}
TRANSLATED = tuple(language for language in LANGUAGES if language != ENGLISH)
WIDTH = 100
HEADER = """\
# Words of Linli 邻里 in {name}.
# `make messages` renews this file; by hand, change only what stands behind msgstr.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
NOT_WORDS = re.compile(r"\{[^}]*\}|/\w+")
"""Placeholders and commands: the same in every language."""

Id = str | tuple[str, str]
"""What stands behind msgid; of a sentence that counts, its singular and its plural."""


@dataclass(frozen=True)
class Fault:
    """Something wrong with an entry."""

    language: str
    message: str
    what: str


def extracted(sources: Iterable[Path] = SOURCES) -> set[Id]:
    """Collect every sentence that the sources say."""
    return {
        _id(message)
        for source in sources
        for _file, _line, message, _comments, _context in extract_from_dir(
            source, method_map=[("**.py", "python")], keywords=KEYWORDS
        )
    }


def _id(message: object) -> Id:
    if isinstance(message, tuple | list):
        singular, plural = message
        return str(singular), str(plural)
    return str(message)


def path_of(language: str) -> Path:
    """Return the file of a language's catalogue."""
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """Read a catalogue; an empty one where there is no file yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def entries(catalogue: Catalog) -> Iterator[tuple[Id, Message]]:
    """Go through the entries, but for the header."""
    for message in catalogue:
        if message.id:
            yield _id(message.id), message


def renewed(old: Catalog, language: str, said: Iterable[Id]) -> Catalog:
    """Make the catalogue of exactly the sentences that are said."""
    kept = {key: message.string for key, message in entries(old) if not message.fuzzy}
    new = Catalog(locale=language, fuzzy=False)
    for key in said:
        new.add(key, kept.get(key, ""))
    return new


def as_bytes(catalogue: Catalog, language: str) -> bytes:
    """Write a catalogue the one way: sorted, with our header, without dates and places."""
    header = HEADER.format(
        name=LANGUAGES[language], language=language, plurals=catalogue.plural_forms
    )
    body = BytesIO()
    write_po(body, catalogue, width=WIDTH, sort_output=True, omit_header=True, no_location=True)
    return header.encode() + body.getvalue().rstrip() + b"\n"


def update(*, keep_stale: bool = False) -> None:
    """Renew every catalogue; with `keep_stale`, drop nothing."""
    said = extracted()
    for language in TRANSLATED:
        old = read(language)
        stale = {key for key, _message in entries(old)} if keep_stale else set()
        new = as_bytes(renewed(old, language, said | stale), language)
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_bytes(new)


def check() -> list[Fault]:
    """List what is wrong with the catalogues, by language and sentence."""
    said = extracted()
    return [fault for language in TRANSLATED for fault in faults(read(language), language, said)]


def faults(catalogue: Catalog, language: str, said: set[Id]) -> list[Fault]:
    """List what is wrong with one catalogue, given all that is said."""
    known = dict(entries(catalogue))
    found = [(key, "missing") for key in said - set(known)]
    found += [(key, "stale") for key in set(known) - said]
    for key, message in known.items():
        found += [(key, what) for what, wrong in CHECKS.items() if wrong(key, message)]
    return sorted(
        (Fault(language, _first(key), what) for key, what in found),
        key=lambda fault: (fault.message, fault.what),
    )


def _first(key: Id) -> str:
    return key if isinstance(key, str) else key[0]


def _texts(message: Message) -> list[str]:
    said = message.string
    return [said] if isinstance(said, str) else list(said or ())


def _untranslated(_key: Id, message: Message) -> bool:
    texts = _texts(message)
    return message.fuzzy or not texts or not all(text.strip() for text in texts)


def _other_placeholders(key: Id, message: Message) -> bool:
    wanted = placeholders(key if isinstance(key, str) else key[-1])
    last = next((text for text in reversed(_texts(message)) if text), None)
    return last is not None and placeholders(last) != wanted


def placeholders(text: str) -> frozenset[str] | None:
    """Name what a sentence leaves to be filled in; None where its braces do not match."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None


def _unbalanced(key: Id, message: Message) -> bool:
    ids = [key] if isinstance(key, str) else list(key)
    return any(placeholders(text) is None for text in (*ids, *_texts(message)))


def _still_english(_key: Id, message: Message) -> bool:
    text = NOT_WORDS.sub("", " ".join(_texts(message)))
    return bool(re.search(r"[A-Za-z]{2}", text)) and not re.search(r"[\u3400-\u9fff]", text)


CHECKS: dict[str, Callable[[Id, Message], bool]] = {
    "untranslated": _untranslated,
    "other placeholders than its source": _other_placeholders,
    "braces that do not match": _unbalanced,
    "still English": _still_english,
}


def main(arguments: list[str]) -> int:
    """Renew the catalogues (`--keep-stale`: drop nothing) or, with `--check`, tell their faults."""
    if "--check" not in arguments:
        update(keep_stale="--keep-stale" in arguments)
    found = check()
    for fault in found:
        sys.stdout.write(f"{fault.language}: {fault.what}: {fault.message!r}\n")
    return 1 if found and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
