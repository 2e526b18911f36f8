"""Plates of vehicles, as people write them: which plates a text can mean (GA 36-2018)."""

import re
import unicodedata

PROVINCES = {
    "京": "JING", "津": "JIN", "沪": "HU", "渝": "YU", "冀": "JI", "晋": "JIN", "蒙": "MENG",
    "辽": "LIAO", "吉": "JI", "黑": "HEI", "苏": "SU", "浙": "ZHE", "皖": "WAN", "闽": "MIN",
    "赣": "GAN", "鲁": "LU", "豫": "YU", "鄂": "E", "湘": "XIANG", "粤": "YUE", "桂": "GUI",
    "琼": "QIONG", "川": "CHUAN", "贵": "GUI", "云": "YUN", "藏": "ZANG", "陕": "SHAN",
    "甘": "GAN", "青": "QING", "宁": "NING", "新": "XIN",
}  # fmt: skip
"""The sign that a plate begins with, and how it is spelt by whoever types no Chinese."""

OLD_SIGNS = {
    "滬": "沪", "晉": "晋", "遼": "辽", "蘇": "苏", "閩": "闽", "贛": "赣", "魯": "鲁",
    "粵": "粤", "瓊": "琼", "貴": "贵", "雲": "云", "陝": "陕", "寧": "宁",
}  # fmt: skip
"""The same signs in traditional writing."""

BEHIND = "学警挂港澳"
"""What may stand in the last place of a plate of five."""

_LIKE = str.maketrans("OI", "01")
"""Neither letter stands in a number: they are typed for the digits that look so."""

_PLATE = re.compile(rf"([A-Z])([A-Z0-9]{{5,6}}|[A-Z0-9]{{4}}[{BEHIND}])")
USUAL = 5
"""Characters of a number, behind the letter of the office."""
_GREEN = re.compile(r"[A-HJK][A-Z0-9]\d{4}|\d{5}[A-HJK]")
"""The number of a vehicle of new energy, the only one of six."""


def plates_meant(text: str) -> tuple[str, ...]:
    """List the plates that a text can mean, written as '苏A12345', in the order of the provinces.

    Width, case, gaps and points are all one; '0' and '1' may be typed as letters, and the sign of
    the province as it is spelt. Empty for what is no plate; several where a spelling is that of
    more than one province.
    """
    folded = unicodedata.normalize("NFKC", text).upper()
    bare = "".join(OLD_SIGNS.get(char, char) for char in folded if char.isalnum())
    return tuple(
        sign + number
        for sign, spelt in PROVINCES.items()
        for begins in (sign, spelt)
        if bare.startswith(begins) and (number := _number(bare.removeprefix(begins)))
    )


def _number(rest: str) -> str:
    found = _PLATE.fullmatch(rest)
    if found is None:
        return ""
    office, number = found[1], found[2].translate(_LIKE)
    usual = len(number) == USUAL or _GREEN.fullmatch(number) is not None
    return office + number if usual and any(char.isdigit() for char in number) else ""
