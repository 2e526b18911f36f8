"""Registers by taps, in both languages: a car, builders, a dog that was sent back, a kind."""

from handlers.sheet import Table, sheet_file
from sandbox.files import Upload
from tests.conversations.script import Someone, Story


async def registers_car(wang: Someone, plate: str = "苏A12345") -> None:
    """Register a white car."""
    await wang.says("/register")
    await wang.sees("您要登记什么")
    await wang.taps("➕ 车辆")
    await wang.sees("车牌号是多少")
    await wang.says(plate)
    await wang.sees("什么颜色")
    await wang.says("白色")
    await wang.taps("✅ 发送")
    await wang.sees("已提交", "V-1")


async def test_a_car_from_its_plate_to_its_end(zhao: Someone, wang: Someone) -> None:
    await registers_car(wang)
    await zhao.has("有一项登记等您审核")
    await zhao.sees("🔒", "白色")
    await zhao.taps("🔓 看加密内容")
    await zhao.sees("苏A12345", "这次查看已记录")
    await zhao.says("/register")
    await zhao.sees("您要登记什么")
    await zhao.taps("📥 待审核：1", "V-1", "✅ 通过")
    await zhao.told("已通过")
    await wang.has("社区通过了")
    await zhao.says("/register")
    await zhao.taps("📊 按种类")
    await zhao.sees("有效1")
    await zhao.taps("车辆")
    await zhao.sees("V-1")
    await zhao.taps("🔎 查找")
    await zhao.sees("请写完整")
    await zhao.says("苏Ａ·12345")
    await zhao.sees("V-1", "王")
    await zhao.taps("‹ 上一步", "📄 导出表格")
    await zhao.has("有效的登记")
    await wang.says("/register")
    await wang.taps("V-1", "✕ 结束", "✕ 是的")
    await wang.told("已注销")
    await wang.sees("已结束")


async def test_all_that_waits_is_accepted_at_once(
    zhao: Someone, wang: Someone, emma: Someone
) -> None:
    await registers_car(wang)
    await emma.says("/register")
    await emma.taps("➕ Vehicle")
    await emma.says("苏A54321")
    await emma.taps("Skip", "✅ Send")
    await emma.sees("V-2")
    await emma.forges("jv:1:2")
    await emma.told("not of your places")
    await zhao.says("/register")
    await zhao.taps("📊 按种类")
    await zhao.sees("待审核2")
    await zhao.taps("车辆", "✅ 全部通过（2项）")
    await zhao.sees("一次通过2项登记")
    await zhao.taps("✅ 是的，通过2项")
    await zhao.sees("已通过2项登记", "V-1", "V-2")
    await wang.has("社区通过了")
    await emma.has("The office has accepted this")


async def test_a_photo_is_shown_and_there_is_a_way_to_cars_and_back(
    zhou: Someone, wang: Someone
) -> None:
    await zhou.says("/register")
    await zhou.taps("🗂 登记种类", "➕ 新增一种", "桂花社区")
    await zhou.says("自行车")
    await zhou.says("Bicycle")
    await zhou.taps("12个月", "社区", "➕ 加一个问题", "📷 照片")
    await zhou.says("拍一张照片")
    await zhou.says("A photo of it")
    await zhou.taps("必须答", "✅ 启用")
    await zhou.sees("正在用第1版")
    await wang.says("/register")
    await wang.taps("🚗 有车挡路")
    await wang.sees("有车挡路了？")
    await wang.taps("🗂 登记车辆", "➕ 自行车")
    await wang.sees("拍一张照片")
    await wang.shows_photo()
    await wang.taps("✅ 发送")
    await wang.sees("已提交", "📷")
    await wang.taps("📷 看照片")
    await wang.sees("<photo>")


async def test_slips_are_named_and_nothing_is_lost(wang: Someone) -> None:
    await wang.says("/register")
    await wang.taps("➕ 养犬")
    await wang.sees("什么样的狗")
    await wang.says("11010519491231002X")
    await wang.sees("身份证")
    await wang.says("棕色泰迪")
    await wang.taps("跳过")
    await wang.sees("疫苗有效到哪一天")
    await wang.says("2月31日")
    await wang.sees("日期")
    await wang.says("2026-01-01")
    await wang.taps("✅ 发送")
    await wang.sees("这一天已经过了")
    await wang.says("明年6月1日")
    await wang.sees("2027")
    await wang.taps("✅ 发送")
    await wang.sees("已提交", "棕色泰迪")


async def test_sent_back_and_corrected(zhao: Someone, emma: Someone) -> None:
    await emma.says("/register")
    await emma.sees("What would you like to register")
    await emma.taps("➕ Dog")
    await emma.says("brown poodle")
    await emma.taps("Skip")
    await emma.says("2027-06-01")
    await emma.taps("✅ Send")
    await emma.sees("Sent. The office looks at it")
    await zhao.has("有一项登记等您审核")
    await zhao.taps("↩️ 退回")
    await zhao.says("请写清楚")
    await zhao.sees("已退回")
    await emma.has("Something has to be put right")
    await emma.taps("✍️ Correct it")
    await emma.sees("number of its chip")
    await emma.taps("Skip")
    await emma.sees("brown poodle", "2027")
    await emma.taps("Change")
    await emma.taps("Looks")
    await emma.sees("What kind of dog")
    await emma.says("black poodle")
    await emma.sees("black poodle")
    await emma.taps("✅ Send")
    await emma.sees("Sent. The office looks at it", "black poodle")
    await zhao.says("/register")
    await zhao.taps("📥 待审核：1")
    await zhao.sees("D-1")
    await zhao.taps("D-1", "✅ 通过")
    await emma.has("The office has accepted this")
    await emma.taps("🔁 Renew or change it")
    await emma.sees("number of its chip")
    await emma.taps("Skip")
    await emma.sees("Until which day is it vaccinated")
    await emma.says("2028-06-01")
    await emma.taps("✅ Send")
    await emma.sees("Sent. Until the office answers", "black poodle")


async def test_what_waits_is_corrected_and_nobody_accepts_what_they_have_not_seen(
    zhao: Someone, wang: Someone
) -> None:
    await registers_car(wang)
    await zhao.has("有一项登记等您审核", "白色")
    await wang.taps("✍️ 改一改")
    await wang.sees("车牌号是多少")
    await wang.says("苏A12345")
    await wang.sees("白色")
    await wang.taps("✏️ 修改", "样子")
    await wang.sees("什么颜色")
    await wang.says("蓝色")
    await wang.sees("蓝色")
    await wang.taps("✅ 发送")
    await wang.sees("已提交", "蓝色")
    await zhao.forges("jt:1:1")
    await zhao.told("刚刚改过了")
    await zhao.says("/register")
    await zhao.taps("📥 待审核：1", "V-1")
    await zhao.sees("蓝色")
    await zhao.taps("✅ 通过")
    await zhao.told("已通过")
    await wang.has("社区通过了")


async def test_builders_are_told_to_neighbours(
    zhao: Someone, wang: Someone, emma: Someone, story: Story
) -> None:
    await wang.says("/register")
    await wang.taps("➕ 装修")
    await wang.says("2026-12-10")
    await wang.says("2027-02-10")
    await wang.says("三楼")
    await wang.taps("跳过", "✅ 发送")
    await wang.sees("已提交")
    await zhao.has("有一项登记等您审核")
    await zhao.taps("✅ 通过")
    await zhao.told("已通过")
    await wang.has("社区通过了")


async def test_a_kind_without_code(zhou: Someone, wang: Someone) -> None:
    await zhou.says("/register")
    await zhou.taps("🗂 登记种类", "➕ 新增一种", "桂花社区")
    await zhou.says("民族登记")
    await zhou.says("List")
    await zhou.taps("12个月", "社区")
    await zhou.sees("一律不问")
    await zhou.says("自行车")
    await zhou.says("Bicycle")
    await zhou.sees("建好了")


async def test_a_stranger_with_forged_buttons_of_registers(
    zhao: Someone, wang: Someone, emma: Someone
) -> None:
    await registers_car(wang)
    for data in (
        "jr:o:1",
        "jr:f:1",
        "jr:a:1",
        "jt:1:1",
        "jr:r:1",
        "jr:u:1",
        "jr:x:1",
        "jl:1:0",
        "js:s:1",
        "js:x:1",
        "js:i:1",
        "jd:t:1",
        "jk",
        "jm",
        "jd:o:1",
        "jd:p:1",
        "jd:r:1",
    ):
        await emma.forges(data)
        await emma.told("not of your places")
    await emma.forges("jr:o:999")
    await emma.told("no longer there")
    await wang.forges("jr:a:1")
    await wang.told("不属于您的辖区")


async def test_a_spreadsheet_is_sent_empty_and_comes_back(zhou: Someone, wang: Someone) -> None:
    await registers_car(wang)
    await zhou.says("/register")
    await zhou.taps("📊 按种类")
    await zhou.sees("待审核1")
    await zhou.taps("车辆", "📥 用表格导入")
    await zhou.sees("请把填好的表格发来")
    await zhou.has("一行填一项")
    await zhou.sends_file()
    await zhou.sees("这个表格读不了")
    wrong = Table("车", ("户主电话", "车牌", "车型"), [("13812345678", "苏A1", "白"), ("", "", "")])
    await zhou.sends_file(upload=Upload("车.xlsx", sheet_file([wrong]), "application/xlsx"))
    await zhou.sees("还没有记下来", "第1行“车型”：这一列没有要填的内容")
    await zhou.says("/cancel")
    await zhou.sees("取消")
