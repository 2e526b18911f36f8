"""One writing for all that is read: one case, simplified, straight apostrophes. Pure."""

import re
import unicodedata

SIMPLIFIED = str.maketrans(
    "來動暈過氣悶著觸電報護車爺媽門開樓廁臥頭腦農藥殺強盜賊進闖鎖陽臺裡裏難產傷燒濃煙牆險緊況"
    "嗎麼樣會該講訓聞後說話聽應沒無嗆錯幾滿體溫發燙壓夾搶闆嬤貓點東這為時問題樹櫃關兒孫個們搖"
    "毆導請誰謝勞決還實壞嘗試給幫邊兩對當現剛馬週處準將從間聯繫絡誤認識願務員鄰區歲婦鄉醫師書"
    "記顧煩擾覺惱禮節種類狀態經聲",
    "来动晕过气闷着触电报护车爷妈门开楼厕卧头脑农药杀强盗贼进闯锁阳台里里难产伤烧浓烟墙险紧况"
    "吗么样会该讲训闻后说话听应没无呛错几满体温发烫压夹抢板奶猫点东这为时问题树柜关儿孙个们摇"
    "殴导请谁谢劳决还实坏尝试给帮边两对当现刚马周处准将从间联系络误认识愿务员邻区岁妇乡医师书"
    "记顾烦扰觉恼礼节种类状态经声",
)
"""The traditional characters that the lists of words have."""


def plain(text: str) -> str:
    """Return words in one writing, without gaps within Chinese or marks around them."""
    said = unicodedata.normalize("NFKC", text).casefold().translate(SIMPLIFIED)
    said = " ".join(re.sub("[\u2018\u2019\u02bc`\u00b4]", "'", said).split())
    return re.sub(r"(?<=[\u2e80-\u9fff]) (?=[\u2e80-\u9fff])", "", said).strip(" !,.~、。…")
