"""Who may do what: every act of every button, command and deep link, tried by everybody.

The acts are read off the buttons themselves, so that a new one without a line in rights.txt fails;
each is pressed through the real turn by people of every kind, and what came of it is held against
that line: in a soak by everybody, else by one of those to whom it does the same. Whoever is not in
it got an answer and nothing else: no row was written but that the update was handled, what was
answered, and what was tried. To enter a new act, add the line that a failure names, once it is as
it should be.
"""

import itertools
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from handlers.callbacks import Button
from handlers.form import Form, forms
from handlers.form.callbacks import StartAgain
from handlers.people.commands import NAMES
from handlers.people.deep_links import DEEP_LINKS
from models.database import Engine, open_engine, open_sessions, transaction
from models.vault import Vault
from tests import templates
from tests.conftest import NOON
from tests.matrix.acts import acts_of
from tests.matrix.conftest import KEY
from tests.matrix.everybody import Who, revoke_all, settle_everybody
from tests.matrix.rights import TABLE, TRIED, read_rights, right_of
from tests.matrix.test_matrix import BUTTONS, ON_SQLITE
from tests.matrix.trying import Came, Trials

RIGHTS = {right.act: right for right in read_rights(TABLE.read_text(encoding="utf-8"))}
ACTS = {button: [act for act, _fields in acts_of(button)] for button in BUTTONS}
COMMANDS = {f"/{name}": f"/{name}" for name in sorted(NAMES)}
LINKS = {f"/start {prefix}": f"/start {prefix}-1" for prefix in sorted(DEEP_LINKS)}


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to copy, in which everybody is settled."""
    path = templates.sqlite_template(tmp_path_factory.mktemp("everybody"))

    async def work() -> None:
        engine = open_engine(f"sqlite:///{path}")
        await settle_everybody(open_sessions(engine, Vault.from_text(KEY)), NOON)
        await engine.dispose()

    templates.apart(work)
    return path


@pytest.fixture
async def trials(engine: Engine, vault: Vault) -> AsyncIterator[Trials]:
    """Attempts in the settled town, each of which leaves it as it was."""
    async with engine.connect() as connection:
        trials = Trials(connection, vault, NOON)
        await trials.quarter.look()
        async with trials.attempt():
            yield trials


async def tried_by(trials: Trials, people: Iterable[Who], data: str) -> dict[Who, Came]:
    came: dict[Who, Came] = {}
    for who in people:
        async with trials.attempt():
            came[who] = await trials.tries(who, data)
    return came


async def differing(trials: Trials, acts: list[str]) -> list[str]:
    """List the acts that turn out otherwise than the table says, as they turn out."""
    found = []
    for act in acts:
        right, data = RIGHTS[act], RIGHTS[act].data
        people = right.tried_by()
        if right_of(act, data, await tried_by(trials, people, data)) != right.to(people):
            turned = right_of(act, data, await tried_by(trials, TRIED, data))
            found.append(f"  {turned.line()}\n  and not: {right.line()}")
    return found


def test_every_act_there_is_stands_in_the_table_and_no_other() -> None:
    there = {act for acts in ACTS.values() for act in acts} | COMMANDS.keys() | LINKS.keys()
    assert sorted(there ^ RIGHTS.keys()) == []
    for act, right in RIGHTS.items():
        assert right.data.split(":")[0].split("-")[0] == act.split(".")[0], act


@ON_SQLITE
@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.__name__)
async def test_a_button_does_for_each_what_the_table_says(
    trials: Trials, button: type[Button]
) -> None:
    differs = await differing(trials, ACTS[button])
    assert not trials.quarter.complaints
    assert not differs, "\n".join(["it turns out as", *differs])


@ON_SQLITE
async def test_a_command_or_link_does_for_each_what_the_table_says(trials: Trials) -> None:
    differs = await differing(trials, [*COMMANDS, *LINKS])
    assert not trials.quarter.complaints
    assert not differs, "\n".join(["it turns out as", *differs])


WORDS = ("看一看", "12", "12月9日15点", "1")
"""What is answered to a question that has no buttons, one after another."""

OWN = (
    "/ask",
    "fz.help.request",
    "ga.join_for",
    "ga.join_with",
    "ga.say",
    "hq",
    "ia",
    "ik.",
    "jb",
    "jc",
    "kw",
    "pt.write",
    "set.",
    "vo.sign_up",
    "wo.join_for",
    "ws.join_for",
)
"""Acts whose form ends in something of whoever fills it in: anybody may."""

DECLARED = [name for name in forms.declared() if not name.startswith("test.")]

OF_ONES_OWN = {
    "care.company",
    "daychecks.on",
    "help.request",
    "help.ring",
    "proposals.write",
    "savings.pool",
    "settings.door",
    "settings.name",
    "settings.place",
    "settings.until",
    "volunteers.offer",
}
"""Forms that begin from their name and end in something: of whoever fills them in."""

NAMED = {"mx.done", "pp.deliver", "pp.get_help", "pp.report", "wo.add_shift", "ws.off"}
"""Acts of whoever was named for a thing, who stays so without a role until another is."""

TAPS = ("t", "d", "c0", "s", "k")
"""Which button of a question is tapped: send, done, the first of the choices, none, as it was."""


async def walk(trials: Trials, who: Who, came: Came) -> set[str]:
    """Answer question after question until the form is at its end; give what has changed."""
    changed: set[str] = set()
    texts = itertools.cycle(WORDS)
    chosen: set[str] = set()
    for _step in range(12):
        if came.asks is None:
            break
        keys = {key.rpartition(":")[2]: key for key in came.keys if key.startswith("f:")}
        tap = next((keys[act] for act in TAPS if act in keys and keys[act] not in chosen), None)
        if tap is None:
            came = await trials.say(who, text=next(texts))
        else:
            chosen.add(tap)
            came = await trials.press(who, tap)
        changed |= came.changed
    return changed


@ON_SQLITE
async def test_a_form_that_begins_from_its_name_changes_nothing_of_others(trials: Trials) -> None:
    """Begin every form there is by a forged button; what is about a record does not begin so."""
    who, began, changes = Who.REVOKED, set(), {}
    for name in DECLARED:
        async with trials.attempt():
            came = await trials.press(who, StartAgain(name=name).pack())
            if came.asks is not None:
                began.add(name)
                changes[name] = await walk(trials, who, came)
    assert not trials.quarter.complaints
    assert began == {name for name in DECLARED if _form(name).begins_anew}
    assert {name for name, changed in changes.items() if changed} == OF_ONES_OWN


def _form(name: str) -> Form:
    form = forms.find(name)
    assert form is not None
    return form


@ON_SQLITE
async def test_what_was_begun_with_a_role_ends_without_it(trials: Trials) -> None:
    """Walk every form that the secretary's role opens, once with it and once after it has gone."""
    who, opened, served, wrong = Who.SECRETARY, 0, [], []
    for act, right in RIGHTS.items():
        if who not in right.asks or Who.REVOKED in right.asks or act in NAMED:
            continue
        opened += 1
        for role_stands in (True, False):
            async with trials.attempt():
                came = await trials.press(who, right.data)
                if not role_stands:
                    async with transaction(trials.sessions) as session:
                        await revoke_all(session, who, NOON)
                changed = await walk(trials, who, came)
            if role_stands and changed:
                served.append(act)
            elif changed and not role_stands:
                wrong.append(f"{act}: {sorted(changed)}")
    assert wrong == [], "\n".join(wrong)
    assert opened > len(served) > 5


@ON_SQLITE
@pytest.mark.parametrize("who", [Who.SECRETARY_BESIDE, Who.REVOKED])
async def test_a_form_that_anybody_can_open_changes_nothing_of_others(
    trials: Trials, who: Who
) -> None:
    """Walk every form that asks somebody on who has no right here; what is one's own may change."""
    ended = set()
    for act, right in RIGHTS.items():
        if not {who, Who.REVOKED} <= right.asks:
            continue
        async with trials.attempt():
            changed = await walk(trials, who, await trials.tries(who, right.data))
        if changed:
            ended.add(act)
    assert [act for act in sorted(ended) if not act.startswith(OWN)] == []
    assert ended
