"""Every sentence is said in every language, and nothing else is in the catalogues."""

import gettext
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from handlers.i18n import CHINESE, ENGLISH, speaking
from handlers.i18n import gettext as say
from handlers.i18n import ngettext as count
from tools import catalogues
from tools.catalogues import TRANSLATED, as_bytes, check, extracted, faults, read, renewed

SAID = {"Hello, {name}", "Bye", ("{count} day", "{count} days")}


def chinese(**other: object) -> Catalog:
    catalogue = Catalog(locale=CHINESE, fuzzy=False)
    entries: dict[object, object] = {
        "Hello, {name}": "您好，{name}",
        "Bye": "再见",
        ("{count} day", "{count} days"): ("{count}天",),
    }
    for key, value in {**entries, **{key.title(): value for key, value in other.items()}}.items():
        if value is not None:
            catalogue.add(key, value)
    return catalogue


def test_the_catalogues_are_complete_and_sound() -> None:
    found = check()
    assert found == [], "\n".join(
        f"{fault.language}: {fault.what}: {fault.message}" for fault in found
    )


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_files_are_as_the_tool_writes_them(language: str) -> None:
    assert catalogues.path_of(language).read_bytes() == as_bytes(read(language), language), (
        "run `make messages`"
    )


def test_a_sound_catalogue_has_no_faults() -> None:
    assert faults(chinese(), CHINESE, SAID) == []


@pytest.mark.parametrize(
    ("bye", "what"),
    [
        (None, "missing"),
        ("", "untranslated"),
        ("Bye bye", "still English"),
        ("再见{name}", "other placeholders than its source"),
        ("再见{", "braces that do not match"),
    ],
)
def test_a_fault_is_found(bye: str | None, what: str) -> None:
    assert what in [fault.what for fault in faults(chinese(bye=bye), CHINESE, SAID)]


def test_what_nobody_says_is_stale() -> None:
    [fault] = faults(chinese(gone="没有了"), CHINESE, SAID)
    assert (fault.message, fault.what) == ("Gone", "stale")


def test_english_says_what_the_source_says_also_of_one_and_many() -> None:
    assert not catalogues.path_of(ENGLISH).exists()
    with speaking(ENGLISH):
        assert say("Hello, {name}") == "Hello, {name}"
        said = [count("{count} day", "{count} days", number) for number in (0, 1, 2)]
    assert said == ["{count} days", "{count} day", "{count} days"]


def test_renewing_keeps_translations_drops_the_stale_and_adds_the_new() -> None:
    new = renewed(chinese(gone="没有了"), CHINESE, {*SAID, "New"})
    assert new.get("Bye").string == "再见"
    assert new.get("Gone") is None
    assert [fault.message for fault in faults(new, CHINESE, {*SAID, "New"})] == ["New"]


def test_writing_again_changes_nothing() -> None:
    once = as_bytes(chinese(), CHINESE)
    again = as_bytes(read_po(BytesIO(once), locale=CHINESE), CHINESE)
    assert once == again
    assert b"POT-Creation-Date" not in once


def test_what_is_written_can_be_spoken() -> None:
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(as_bytes(chinese(), CHINESE)), locale=CHINESE))
    compiled.seek(0)
    spoken = gettext.GNUTranslations(compiled)
    assert spoken.gettext("Bye") == "再见"
    assert spoken.ngettext("{count} day", "{count} days", 3) == "{count}天"


def test_every_way_of_saying_is_extracted(tmp_path: Path) -> None:
    (tmp_path / "screens.py").write_text(
        "_('one'); gettext('two'); ngettext('three', 'threes', n); mark('four')\n"
        "F.text.in_(phrases('five')); _(named); _('fi' 've')\n"
    )
    assert extracted([tmp_path]) == {"one", "two", ("three", "threes"), "four", "five"}
