"""What reads on as a sentence, and what names a thing."""

import pytest

from handlers.form.bursts import reads_on

SENTENCES = (
    "老人上下楼很吃力",
    "能不能装一部",
    "水一直流到楼下",
    "晚上根本看不见路，容易摔跤",
    "我妈妈八十岁了",
    "还有，电动车也停在那里",
    "老人上下樓很吃力。",
    "and it is dark there",
    "My mother is eighty",
    "Nobody can pass!",
    "第一句\n第二句",
)
NAMES = (
    "加装电梯",
    "5号楼加装电梯",
    "解决停车难",
    "楼道灯",
    "小区大门口增设减速带",
    "更换不锈钢扶手",
    "Free the pavement",
    "A lift for building 6",
    "🙂",
    "",
)


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_read_on(text: str) -> None:
    assert reads_on(text)


@pytest.mark.parametrize("text", NAMES)
def test_names_do_not(text: str) -> None:
    assert not reads_on(text)
