"""POLICY_FILE: what is set holds, what is left out keeps its default, what is wrong is named."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.__main__ import cli, main
from bot.app import open_house
from bot.doctor import Health
from bot.doctor import policy as examined
from bot.policy import changed, in_force, page, read_text
from bot.policy.fields import MAY_BE_NOTHING, RANGES, SECTIONS, SET_ELSEWHERE, fields
from bot.policy.reading import Wrong
from bot.settings import Settings, SettingsError
from models.database import transaction
from models.help.rules.policy import HelpPolicy, Urgency
from models.hours.rules.desk import DeskHours, Interval
from models.hours.rules.desk_hours_text import MOST_INTERVALS
from models.hours.rules.quiet import QuietHours
from models.policy.current import DEFAULT, policy_of
from models.policy.rules import Policies, Policy, Span
from tests.bot.street import open_to

CLOCKS = DEFAULT.of(Policy)

NUMBERS = st.integers(1, 4)
MINUTES = st.integers(1, 5000)
LENGTHS = MINUTES.map(lambda number: timedelta(minutes=number))
SPANS = st.builds(Span, st.integers(0, 300), st.integers(0, 90), MINUTES)
TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))
RINGS = st.builds(
    lambda sizes, everybody: (*sizes, *([None] if everybody or not sizes else [])),
    st.lists(st.integers(1, 1000), max_size=5),
    st.booleans(),
)


def rising(items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(items, min_size=1, max_size=4, unique=True).map(lambda found: (*sorted(found),))


@st.composite
def desks(draw: st.DrawFn) -> DeskHours:
    week = []
    for _ in range(7):
        marks = sorted(draw(st.lists(TIMES, max_size=2 * MOST_INTERVALS, unique=True)))
        pairs = zip(marks[::2], marks[1::2], strict=False)
        week.append(tuple(Interval(*pair) for pair in pairs))
    assume(any(week))
    return DeskHours(tuple(week), CLOCKS.desk.zone)


quiets = (
    st.tuples(TIMES, TIMES)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: QuietHours(*pair, CLOCKS.quiet.zone))
)


def of(hint: Any) -> st.SearchStrategy[Any]:
    """What a field of a type may hold."""
    known: dict[Any, st.SearchStrategy[Any]] = {
        int: NUMBERS,
        timedelta: LENGTHS,
        Span: SPANS,
        DeskHours: desks(),
        QuietHours: quiets,
        time | None: st.none() | TIMES,
        tuple[int | None, ...]: RINGS,
    }
    if hint in known:
        return known[hint]
    if get_origin(hint) is Mapping:
        each = st.fixed_dictionaries(dict.fromkeys(Urgency, of(get_args(hint)[1])))
        return each.map(MappingProxyType)
    assert get_origin(hint) is tuple
    assert get_origin(get_args(hint)[0]) is not UnionType
    return rising(of(get_args(hint)[0]))


HINTS = {
    name: hint
    for section in SECTIONS
    for name, hint in get_type_hints(section).items()
    if name not in SET_ELSEWHERE
}


def usual(name: str) -> Any:
    return getattr(DEFAULT.of(fields()[name].section), name)


@st.composite
def policies(draw: st.DrawFn) -> Policies:
    drawn = draw(st.fixed_dictionaries({}, optional={name: of(h) for name, h in HINTS.items()}))
    for name, (least, _) in RANGES.items():
        if isinstance(drawn.get(name), int):
            drawn[name] = max(least, drawn[name])
    found = Policies(drawn).of(HelpPolicy)
    drawn["unconfirmed_after"] = found.after_done[-1] + found.unconfirmed_after
    changes = {name: value for name, value in drawn.items() if value != usual(name)}
    return Policies({**DEFAULT.values, **changes})


@given(policies())
def test_what_is_printed_reads_back_as_the_same(policy: Policies) -> None:
    assert read_text(page(policy)) == policy
    assert bool(changed(policy)) == (policy != DEFAULT)


def test_every_field_can_be_set_but_what_is_set_elsewhere() -> None:
    assert set(fields()) == set(HINTS)
    assert set(SET_ELSEWHERE) < set(get_type_hints(Policy))
    assert {one.section for one in fields().values()} == set(SECTIONS)
    assert (set(RANGES) | MAY_BE_NOTHING) <= set(fields())


def test_what_is_left_out_keeps_its_default() -> None:
    assert read_text("") == DEFAULT
    found = read_text('nudge_percent = 70\n[solve]\nurgent = "1 day 4 hours"\n')
    assert found.of(Policy).nudge_percent == 70
    solve = found.of(HelpPolicy).solve
    assert solve[Urgency.URGENT] == Span(days=1, hours=4)
    assert set(found.values) - set(DEFAULT.values) == {"nudge_percent", "solve"}
    rest = {key: value for key, value in solve.items() if key is not Urgency.URGENT}
    assert rest == {key: value for key, value in HelpPolicy().solve.items() if key in rest}
    assert changed(found) == ["nudge_percent", "solve.urgent"]


def test_hours_are_written_as_people_write_them() -> None:
    found = read_text(
        'quiet = "22:00 – 6:30"\ndesk = "Mon 9:00-12:00, 13:00-24:00; 周二至周六 9:00-12:00"'
    ).of(Policy)
    assert (found.quiet.begins, found.quiet.ends) == (time(22), time(6, 30))
    morning = Interval(time(9), time(12))
    assert found.desk.week == ((morning, Interval(time(13), time())), *[(morning,)] * 5, ())


LENGTH = (
    "takes a length of time like '15 minutes', '2 hours' or '1 day 12 hours', more than nothing"
)
WRONG = [
    ("nudge_procent = 3", "nudge_procent: is not known; the nearest is 'nudge_percent'"),
    ('[solve]\nurgnt = "1 day"', "solve.urgnt: is not known; the nearest is 'urgent'"),
    ("x = 1", "x: is not known; the nearest is '"),
    ('zone = "Europe/Berlin"', "zone: is set by TIME_ZONE, not here"),
    ("nudge_percent = 100", "nudge_percent: found 100, takes a whole number from 1 to 99"),
    ("most_asked = -5", "most_asked: found -5, takes a whole number from 1 to 5000"),
    ("most_asked = true", "most_asked: found True, takes a whole number"),
    ("most_asked = 2.5", "most_asked: found 2.5, takes a whole number"),
    ('clash = "soon"', "clash: found 'soon', takes a length of time like"),
    ('expire_after = "0 days"', f"expire_after: found '0 days', {LENGTH}"),
    ('expire_after = "-1 days"', f"expire_after: found '-1 days', {LENGTH}"),
    ('expire_after = "1 hour 1 day"', f"expire_after: found '1 hour 1 day', {LENGTH}"),
    ('expire_after = "1 day 1 day"', f"expire_after: found '1 day 1 day', {LENGTH}"),
    ('expire_after = "99999999999 days"', "expire_after: found '99999999999 days', takes a length"),
    ('expire_after = "999999 days"', "expire_after: found '999999 days', takes a length"),
    ("expire_after = 5", f"expire_after: found 5, {LENGTH}"),
    ('[answer]\nurgent = "2 weeks"', f"answer.urgent: found '2 weeks', {LENGTH}"),
    ('answer = "2 hours"', "answer: found '2 hours', takes a table [answer] of emergency, urgent"),
    ("[rings]\nurgent = []", "rings.urgent: found [], takes a list of at least one ring"),
    ("[rings]\nurgent = [5, 0]", "rings.urgent: found [5, 0], takes a list of at least one ring"),
    ('[rings]\nurgent = ["all", 5]', "rings.urgent: found ['all', 5], takes"),
    ("[rings]\nurgent = 5", "rings.urgent: found 5, takes a list of at least one ring"),
    ("visits = [30, 7]", "visits: found [30, 7], takes a list, each greater than the one before"),
    ("visits = [7, 40000]", "visits: found [7, 40000], takes a list, each greater than the one"),
    ("visits = []", "visits: found [], takes a list"),
    ('quiet = "21:30"', "quiet: found '21:30', takes two different times like '21:30-07:30'"),
    ('quiet = "07:30-07:30"', "quiet: found '07:30-07:30', takes two different times"),
    ('quiet = "25:00-07:30"', "quiet: found '25:00-07:30', takes two different times"),
    ('desk = "mon 13:00-18:00 9:00-12:00"', "desk: found 'mon 13:00-18:00 9:00-12:00', takes days"),
    ("desk = []", "desk: found [], takes days with their hours, like 'mon-fri"),
    ('desk = "closed"', "desk: found 'closed', takes days with their hours"),
    ('digest_at = "8"', "digest_at: found '8', takes a time like '08:30', or 'never'"),
    ('unconfirmed_after = "1 day"', "unconfirmed_after: takes more than the last of after_done"),
    ("nudge_percent = ", "is not TOML: "),
]


@pytest.mark.parametrize(("text", "told"), WRONG, ids=[told[:40] for _, told in WRONG])
def test_a_mistake_is_told_by_its_key_with_what_is_taken(text: str, told: str) -> None:
    with pytest.raises(Wrong) as wrong:
        read_text(text)
    (line,) = wrong.value.lines
    assert line.startswith(told)


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(Wrong) as wrong:
        read_text(f'clash = 1\nmost_opn = 3\nquiet = "{"x" * 999}"\n[rings]\nurgent = []\n')
    assert [line.split(":")[0] for line in wrong.value.lines] == [
        "clash", "most_opn", "quiet", "rings.urgent"
    ]  # fmt: skip
    assert max(map(len, wrong.value.lines)) < 200


@given(st.text(max_size=40), st.sampled_from(sorted(HINTS)))
def test_any_text_is_read_or_refused_by_name(text: str, name: str) -> None:
    with suppress(ValueError):
        fields()[name].kind.read(text)


def _file(folder: Path, text: str) -> Settings:
    path = folder / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return Settings(_env_file=None, policy_file=path, time_zone="Europe/Berlin")


def test_the_file_is_read_by_the_clocks_of_the_zone(tmp_path: Path) -> None:
    found = in_force(_file(tmp_path, 'quiet = "22:00-06:00"')).of(HelpPolicy)
    assert found.quiet == QuietHours(time(22), time(6), "Europe/Berlin")
    assert {found.zone, found.desk.zone} == {"Europe/Berlin"}
    assert found.is_workday is CLOCKS.is_workday
    assert found.clock(Urgency.URGENT).runs(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))


def test_the_doctor_tells_what_is_wrong_and_what_differs(tmp_path: Path) -> None:
    finding = examined(_file(tmp_path, "most_open = 7\n[rings]\nurgent = [3]"))
    assert (finding.health, finding.told) == (
        Health.FINE,
        "differs from the defaults in most_open, rings.urgent",
    )
    assert examined(Settings(_env_file=None)).told == "the defaults"
    wrong = examined(_file(tmp_path, "most_open = 0\nrings = 3"))
    assert wrong.health is Health.BAD
    assert wrong.told.startswith("POLICY_FILE: most_open: found 0, takes")
    assert "; POLICY_FILE: rings: found 3" in wrong.told
    assert "takes a readable" in examined(Settings(_env_file=None, policy_file=tmp_path)).told


async def test_every_act_goes_by_the_file_and_a_wrong_one_ends_the_start(
    database_url: str, tmp_path: Path
) -> None:
    named = _file(tmp_path, "most_hands = 3").policy_file
    settings = open_to({"database_url": database_url}, policy_file=named)
    async with open_house(settings) as house, transaction(house.sessions) as session:
        assert policy_of(session, HelpPolicy).most_hands == 3
    _file(tmp_path, "most_hands = 0")
    with pytest.raises(SettingsError, match=r"^POLICY_FILE: most_hands: found 0, takes a whole"):
        async with open_house(settings):
            pass


@pytest.mark.usefixtures("own_logging")
def test_the_command_prints_what_is_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = _file(tmp_path, "most_open = 7")
    monkeypatch.setenv("POLICY_FILE", str(settings.policy_file))
    printed = CliRunner().invoke(cli, ["policy"]).output
    assert read_text(printed) == Policies({**DEFAULT.values, "most_open": 7})
    assert "most_open = 7  # default: 10" in printed
    _file(tmp_path, "most_open = 0")
    monkeypatch.setattr("sys.argv", ["bot", "policy"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("POLICY_FILE: most_open: found 0, takes")
