"""The kinds of registration that come with the house; standard library only."""

from dataclasses import dataclass

from models.registrations.rules import NAME, Follows
from models.sheets.rules.fields import FieldKind, SheetDraft, SheetField, SheetWords


@dataclass(frozen=True)
class HouseKind:
    """A kind that every community has."""

    sheet: SheetDraft
    prefix: str
    months: int | None = None
    until_key: str | None = None
    follows: Follows = Follows.NOTHING


def _words(zh: str, en: str) -> SheetWords:
    return SheetWords(zh, en)


def _sheet(code: str, title: SheetWords, *fields: SheetField) -> SheetDraft:
    return SheetDraft(code, NAME, title, fields)


PLATE, CHIP = "plate", "chip"

VEHICLE = HouseKind(
    _sheet(
        "reg_vehicle",
        _words("车辆", "Vehicle"),
        SheetField(
            PLATE,
            FieldKind.PLATE,
            _words("车牌号是多少？", "What is the number plate?"),
            short=_words("车牌", "Plate"),
            help=_words(
                "车牌加密保存，只用来请您挪车。",
                "It is kept sealed, and serves to ask you to move the car.",
            ),
            sealed=True,
            indexed=True,
        ),
        SheetField(
            "looks",
            FieldKind.TEXT,
            _words(
                "什么颜色、什么车？比如“白色面包车”。",
                "What does it look like, such as “white van”?",
            ),
            short=_words("样子", "Looks"),
            most=60,
            required=False,
        ),
    ),
    "V",
    months=24,
)
PET = HouseKind(
    _sheet(
        "reg_pet",
        _words("养犬", "Dog"),
        SheetField(
            "looks",
            FieldKind.TEXT,
            _words(
                "是什么样的狗？比如“棕色泰迪”。", "What kind of dog is it, such as “brown poodle”?"
            ),
            short=_words("样子", "Looks"),
            most=60,
        ),
        SheetField(
            CHIP,
            FieldKind.TEXT,
            _words(
                "芯片号是多少？没有就跳过。",
                "What is the number of its chip? Skip it if it has none.",
            ),
            short=_words("芯片", "Chip"),
            most=40,
            required=False,
            sealed=True,
            indexed=True,
        ),
        SheetField(
            "vaccinated",
            FieldKind.DAY,
            _words("疫苗有效到哪一天？", "Until which day is it vaccinated?"),
            short=_words("疫苗有效到", "Vaccinated until"),
        ),
    ),
    "D",
    until_key="vaccinated",
)
LET_HOME = HouseKind(
    _sheet(
        "reg_let",
        _words("出租房", "Let home"),
        SheetField(
            "where",
            FieldKind.TEXT,
            _words("是哪一套房？比如“5号楼302”。", "Which home is it, such as “building 5, 302”?"),
            short=_words("房屋", "Home"),
            most=60,
            sealed=True,
        ),
        SheetField(
            "people",
            FieldKind.NUMBER,
            _words(
                "住几个人？只要人数，不问是谁。",
                "How many people live there? Only how many, not who.",
            ),
            short=_words("人数", "How many"),
            least=1,
            most=30,
        ),
    ),
    "L",
    months=12,
)
VACANT = HouseKind(
    _sheet(
        "reg_vacant",
        _words("空置房", "Vacant home"),
        SheetField(
            "where",
            FieldKind.TEXT,
            _words("是哪一套房？比如“5号楼302”。", "Which home is it, such as “building 5, 302”?"),
            short=_words("房屋", "Home"),
            most=60,
            sealed=True,
        ),
        SheetField(
            "from",
            FieldKind.DAY,
            _words("从哪天起没人住？", "From which day is nobody there?"),
            short=_words("从", "From"),
        ),
        SheetField(
            "until",
            FieldKind.DAY,
            _words("大概到哪天？", "Until about which day?"),
            short=_words("到", "Until"),
        ),
    ),
    "E",
    until_key="until",
)
TEMPORARY = HouseKind(
    _sheet(
        "reg_temporary",
        _words("暂住", "Temporary stay"),
        SheetField(
            "arrived",
            FieldKind.DAY,
            _words("您是哪天住进来的？", "On which day did you move in?"),
            short=_words("住进来", "Moved in"),
            help=_words(
                "只登记您自己。派出所的申报请您自己去办，我们只提醒您。",
                "This is about yourself alone. Declaring it to the police is for you to do: "
                "we only remind you.",
            ),
        ),
    ),
    "T",
    months=12,
    follows=Follows.RESIDENCE,
)
RENOVATION = HouseKind(
    _sheet(
        "reg_renovation",
        _words("装修", "Renovation"),
        SheetField(
            "from",
            FieldKind.DAY,
            _words("哪天开工？", "On which day does it begin?"),
            short=_words("开工", "From"),
        ),
        SheetField(
            "until",
            FieldKind.DAY,
            _words("哪天完工？", "On which day is it done?"),
            short=_words("完工", "Until"),
        ),
        SheetField(
            "floor",
            FieldKind.TEXT,
            _words(
                "几单元几楼？比如“二单元三楼”。", "Which stairs and floor, such as “stairs 2, 3rd”?"
            ),
            short=_words("楼层", "Floor"),
            help=_words("邻居会看到楼层和日期，看不到您是谁。",
                        "Neighbours read the floor and the days, not who you are."),
            most=20,
        ),
        SheetField(
            "firm_phone",
            FieldKind.PHONE,
            _words(
                "装修公司的电话？没有就跳过。",
                "The telephone of the firm? Skip it if there is none.",
            ),
            short=_words("装修公司电话", "Telephone of the firm"),
            required=False,
            sealed=True,
        ),
    ),
    "R",
    until_key="until",
    follows=Follows.STAIRWELL,
)  # fmt: skip

OF_A_HOME = frozenset(one.sheet.code for one in (LET_HOME, VACANT, RENOVATION))
"""Kinds about a home: it stays where it is when whoever registered it moves."""
HOUSE = (VEHICLE, PET, LET_HOME, VACANT, TEMPORARY, RENOVATION)
