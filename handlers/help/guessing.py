"""Guessing the kind of help from what somebody wrote, so that one tap is enough. Pure.

A guess is only offered, first among the choices: nothing is filed under it without a tap.
"""

import re

OFFERED = 2
"""Guesses shown at most; more would be a list to read."""

SAYS: dict[str, re.Pattern[str]] = {
    code: re.compile(said, re.IGNORECASE)
    for code, said in {
        "repairs.plumbing": r"水管|漏水|下水|水龙头|马桶|堵(了|住)|水槽|阀门|暖气|"
        r"\b(pipe|leak\w*|tap|toilet|drain|sink|plumb\w*|boiler)\b",
        "repairs.electric": r"停电|灯|跳闸|电路|插座|电线|没电|"
        r"\b(lamp|light bulb|lights?|socket|fuse|wiring|electric\w*)\b",
        "repairs.moving": r"搬|抬|沙发|柜子|冰箱.*(挪|上楼)|"
        r"\b(carry|lift (a|the)|move (a|the)|sofa|furniture)\b",
        "public.light": r"(楼道|楼梯|走廊|路|院子).*灯|"
        r"\b(stair\w*|hall\w*|street|corridor).*(light|lamp)|\b(light|lamp)\b.*\b(stair\w*|hall\w*|street)",
        "public.lift": r"电梯|\b(lift is|elevator|the lift)\b",
        "public.rubbish": r"垃圾|臭|\b(rubbish|garbage|trash|bins?)\b",
        "public.noise": r"吵|噪音|扰民|\b(noise|noisy|loud)\b",
        "medical.medicine": r"买药|取药|拿药|送药|药(没|吃完)|"
        r"\b(medicine|pharmacy|prescription|pills)\b",
        "medical.hospital": r"医院|看病|陪诊|复查|体检|挂号|\b(hospital|doctor|clinic|check-?up)\b",
        "errands.shopping": r"买(菜|米|面|油|东西|点)|超市|代买|"
        r"\b(shopping|groceries|supermarket|buy)\b",
        "errands.parcel": r"快递|包裹|取件|\b(parcel|package|delivery)\b",
        "errands.papers": r"证件|办证|社保|医保卡|材料|复印|\b(papers|form|documents?)\b",
        "company.visit": r"聊(聊|天)|陪(我|老人|她|他)|说说话|孤单|"
        r"\b(company|lonely|a visit|talk to)\b",
        "children.minding": r"(看|带|照看|接).{0,4}(孩子|小孩|娃|宝宝)|"
        r"\b(babysit\w*|mind (my|the) (child|kid|son|daughter)\w*)\b",
        "children.tutoring": r"作业|辅导|功课|\b(homework|tutor\w*)\b",
        "pets": r"猫|狗|宠物|遛|\b(cat|dog|pet)s?\b",
        "digital": r"手机|电脑|微信|上网|网络|wifi|健康码|\b(phone|computer|internet|app)\b",
        "language": r"翻译|看不懂(英文|中文)|\b(translat\w*|interpret\w*)\b",
        "advice.legal": r"律师|官司|合同|纠纷|起诉|\b(lawyer|legal|contract|court)\b",
        "advice.policy": r"低保|补贴|政策|养老金|申请|\b(benefit|subsid\w*|pension|allowance)s?\b",
    }.items()
}
"""What is said of each kind, in both languages."""


def guesses(text: str) -> list[str]:
    """Return the codes of the kinds that words may be about, the one named first standing first."""
    found = ((said.search(text[:500]), code) for code, said in SAYS.items())
    named = sorted((match.start(), code) for match, code in found if match)
    return [code for _start, code in named][:OFFERED]
