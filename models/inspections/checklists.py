"""Checklists as sheets: those that come with the house, and how a secretary's own are named."""

import re
from collections.abc import Sequence
from zlib import crc32

from models.inspections.rules import NAME, TITLE_LENGTH, InspectionOutcome, WalkMark
from models.sheets.rules.fields import (
    FIELDS_AT_MOST,
    WORDS_LENGTH,
    FieldKind,
    SheetDraft,
    SheetField,
    SheetOption,
    SheetWords,
)
from models.text import clean_line

MARKS = (
    SheetOption(WalkMark.GOOD, SheetWords("✓ 没问题", "✓ in order")),
    SheetOption(WalkMark.BAD, SheetWords("✗ 有隐患", "✗ dangerous")),
    SheetOption(WalkMark.NONE, SheetWords("不适用", "not applicable")),
)
OWN = re.compile(r"at(\d+)_[0-9a-f]{1,8}", re.ASCII)
"""Codes of the checklists of a community, by its number."""


def checklist(code: str, title: SheetWords, points: Sequence[SheetWords]) -> SheetDraft:
    """Return a checklist as a sheet: a point a field, each with the same three answers."""
    fields = (
        SheetField(f"p{at}", FieldKind.CHOICE, words, options=MARKS)
        for at, words in enumerate(points, 1)
    )
    return SheetDraft(code, NAME, title, tuple(fields))


def own_code(place_id: int, token: str) -> str:
    """Name a new checklist of a community, by the form that was sent."""
    return f"at{place_id}_{crc32(token.encode()):x}"


def place_of(code: str) -> int | None:
    """Return of which community a checklist is (id); None for one that comes with the house."""
    found = OWN.fullmatch(code)
    return int(found[1]) if found else None


def read_points(texts: Sequence[str | None]) -> list[str]:
    """Read points as people write them, also several in one message, a line each."""
    lines = [line for text in texts for line in (text or "").splitlines()]
    return [found for line in lines if (found := clean_line(line, WORDS_LENGTH))]


def own_checklist(code: str, title: str, points: Sequence[str]) -> SheetDraft:
    """Return a checklist in the words of whoever wrote it, which stand for both languages."""
    named = clean_line(title, TITLE_LENGTH)
    return checklist(code, SheetWords(named, named), [SheetWords(one, one) for one in points])


def wrong_checklist(title: str, points: Sequence[str]) -> InspectionOutcome | None:
    """Return what is wrong with a checklist as it was read; None where nothing is."""
    if not points or not clean_line(title, TITLE_LENGTH):
        return InspectionOutcome.NO_POINTS
    return InspectionOutcome.TOO_MANY_POINTS if len(points) > FIELDS_AT_MOST else None


def _built_in(code: str, title: tuple[str, str], *points: tuple[str, str]) -> SheetDraft:
    return checklist(code, SheetWords(*title), [SheetWords(*one) for one in points])


BUILT_IN = (
    _built_in(
        "fire_safety",
        ("楼栋消防", "Fire safety of a building"),
        ("安全出口、疏散通道畅通吗？", "Are exits and escape ways clear?"),
        ("防火门关得上、没被挡住吗？", "Do fire doors close, and are they unblocked?"),
        ("灭火器在、压力正常、没过期吗？", "Are extinguishers there, charged and in date?"),
        ("消火栓没被遮挡、配件齐全吗？", "Are hydrants unblocked and complete?"),
        ("应急灯、疏散指示亮吗？", "Do emergency lights and exit signs work?"),
        ("楼道里没有堆放杂物吗？", "Is nothing piled up in corridors and stairs?"),
        ("没有电动车进楼、飞线充电吗？", "No e-bike indoors, none charged by a loose cable?"),
        ("消防车通道没有停车吗？", "Is the fire engine access free of cars?"),
    ),
    _built_in(
        "lift_stairs",
        ("电梯和楼梯", "Lift and stairs"),
        ("电梯运行平稳、平层准吗？", "Does the lift run smoothly and stop level?"),
        ("轿厢里的紧急呼叫有人接吗？", "Is the emergency call in the lift answered?"),
        ("检验标志在有效期内吗？", "Is the inspection mark in date?"),
        ("楼梯扶手牢固、台阶没破损吗？", "Are handrails firm and steps whole?"),
        ("楼道灯都亮吗？", "Do all stair lights work?"),
        ("窗户、栏杆牢固吗？", "Are windows and railings firm?"),
    ),
    _built_in(
        "playground",
        ("游乐场和公共空间", "Playground and public space"),
        ("健身、游乐器材牢固、没有尖角吗？", "Is the equipment firm and without sharp edges?"),
        ("地面平整、不积水、不打滑吗？", "Is the ground even, dry and not slippery?"),
        ("井盖齐全、不松动吗？", "Are manhole covers there and firm?"),
        ("树木、广告牌没有倒落危险吗？", "No tree or sign that could fall?"),
        ("外墙、空调架没有掉落危险吗？", "Nothing that could fall from walls and brackets?"),
        ("路灯亮吗？", "Do the street lights work?"),
    ),
    _built_in(
        "e_bike_shed",
        ("电动车棚", "E-bike sheds"),
        ("充电线路没有老化、私接吗？", "Is the wiring sound, with nothing tapped in?"),
        ("充电桩外壳完好、能自动断电吗？", "Are chargers whole, and do they switch off?"),
        ("车辆停放有间隔、没堵出口吗？", "Are bikes parked apart, with exits free?"),
        ("灭火器材在、能用吗？", "Is fire equipment there and usable?"),
        ("棚顶、立柱牢固吗？", "Are roof and posts firm?"),
    ),
)
BY_CODE = {one.code: one for one in BUILT_IN}
