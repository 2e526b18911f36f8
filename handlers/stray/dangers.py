"""What is said in danger: the lists by which a cry is known, in both languages.

Every list reads words as `handlers.form.writing.plain` writes them: simplified, in one case, with
no spaces between Chinese characters and with straight apostrophes.
"""

import re

OTHERS = (
    r"([他她爸妈爷爹婆嫂姐妹哥弟叔伯姨姑舅娘娃]|(?<!没)(?<!器)人|老[头伴公太]+|[外阿]公|公公"
    r"|奶奶|阿奶|阿嬷|姥姥|太太|大爷|"
    r"师傅|先生|丈夫|老婆|媳妇|孩子|宝宝|儿子|女儿|孙[子女])"
)
WHO = rf"({OTHERS}|我)(家|们|家里|子|太)?"
"""Somebody, as Chinese names people: by the last character of who they are."""
WHAT = (
    r"(手机|电脑|电视|平板|遥控器|杯子?|碗|盘子?|瓶子?|花盆|眼镜|锅|车|门|窗|沙发|柜子?|桌子?"
    r"|椅子?|床|抽屉|轮椅|"
    r"洗衣机|冰箱|龙头|插头|电梯|灯|锁|系统|股票|股市|价格?|空调|程序|软件|网络?|屏幕?|按钮|闹钟"
    r"|花|草|树|鱼|鸟|猫|"
    r"狗|牛奶|钥匙|钱包|包|快递|东西|衣服|被子)"
)
BODY = r"(leg|arm|hand|body|neck|head|foot|feet|back|finger|toe|face|side|mouth)"
KIN = (
    r"(son|daughter|child|kid|boy|girl|baby|mum|mom|mother|dad|father|husband|wife|grand\w+|uncle|"
    r"aunt|brother|sister|neighbour|neighbor|man|woman|he|she)"
)

THING = (
    r"(wi-?fi|internet|router|boiler|heating|radiator|lift|elevator|pipe|tap|toilet|shower|sink|lock"
    r"|key|bulb|window|door|handle|knob|tile|curtain|blind|sign|hook|mirror|wheel|button|cover|lid"
    r"|screen|plaster|paint|gutter|cabinet|cupboard|drawer|doorbell|intercom|fan|oven|cooker|kettle"
    r"|washing machine|dishwasher|phone|tv|computer|lamp|light|shelf|picture|chair|table)s?"
)
HARMLESS = re.compile(
    r"《[^》]{0,30}》|不是(喊|叫|要)?救命|救命(的|之)?(恩|钱|稻草|药|粮)|急救(箱|包|知识|员|课|站|中心|证|技能)|打120分|着火点"
    r"|中毒(事件|的(电脑|手机))"
    r"|打人热线|(想死)(你|您|他|她|它|我|心)|紧急(出口|联系|按钮|疏散)|(手机|电脑)病毒|自动不"
    r"|手脚麻利|机器人"
    rf"|{WHAT}(从[^，。,.]{{1,4}})?(又|都|突然|给|被|好像|也|已经|快|要|开|关|一直|完全|它)*"
    r"(摔|跌|动不了|起不来|中毒|(没有?|毫无)反应|不行|叫不醒|(要|快)?死|倒|打不开|晕|掉|锁|关|忘"
    r"|落)[了到在进倒碎坏]*"
    r"(水|河|楼|屋|家|房|车|门)?[里下外]?"
    r"|摔(坏|碎|破|烂)了?|跌(价|停|破)|倒了?(杯|垃圾|水|茶|酒|一|掉|车)|(水|汤|菜|饭|茶)(还)?烧着"
    r"|\bstrokes? of (luck|genius|midnight)|\ba break in\b|\bbreak in (the|a|new|my|your|our)\b"
    r"|\btrapped (wind|nerve)|\bpoison(ed)? (ivy|oak)"
    r"|\bf[ea]ll(en|ing)? (asleep|in love|behind|apart|out|through|short)"
    r"|\bfire ?(alarm (test|battery)|drill|door|exit|works?|place|wood|extinguisher|sale|pit"
    r"|safety)s?"
    r"|\bgas (bill|stove|meter|man|card|company|reading|cylinder|station|price)s?"
    r"|\b(can'?t|cannot|can not) move (my|the|this|that|these|those|a|an|our|his|her) "
    rf"(?!(\w+ )?{BODY})\w+"
    r"|\b(can'?t|cannot) (get up (the|those|these) |stand up comedy)"
    r"|\b(smoke|fire|gas|co) ?(detector|alarm)s? .{0,12}(battery|batteries|low|test|beep)\w*"
    r"|\bemergency (exit|contact|light|number|phone|kit|plan|door|key|fund|stairs)s?"
    r"|\bin case of\b|\b(dying) (to|for|of (laughter|heat|boredom))\b"
    r"|\b(phone|battery|laptop|computer|pc|tv|plant|flower|tree|car|fridge|lamp|light|fish|cat|dog"
    r"|bird|hamster|shelf|picture|parcel|price)s?( (is|are|has|have|just|keeps?|it))*"
    r" ?('s|won'?t|not|isn'?t)? ?(dying|f[ea]ll(en|ing)?|collapsed|wak\w+ up|respond\w*|trapped"
    r"|stuck)(?! (down )?(on|onto) (me|him|her|us|my|our|his|some))"
    r"|\bslipped (my|his|her) mind"
    rf"|\b{THING}( (is|are|has|have|had|just|all|it|itself))* (broke|broken|breaking)( down)? in\b"
    rf"|\b{THING}( (is|are|has|have|had|just|all|it))* (f[ea]ll(en|ing)?|c[oa]me?) (off|down|apart)"
    r"(?!.{0,20}\b(on|onto|hit|hurt))",
)
"""Has the words of danger in it and none of the danger; read as if it were not there."""

CALLS = re.compile(
    r"救命|快?救救(我|他|她|人|孩子|老人|[爸妈爷奶])|快来(救|人)(?!修|装|搬|拿|取|看看)"
    r"|^(快)?来人[啊呀哪吧!]*$|^[\W_]*🆘[\W_]*$"
    r"|来人(啊|呀|哪)|(^|快)救人[啊呀哪!]|^快?救我[啊呀!]*$|^(求救|[就求]命)[啊呀!]*$"
    r"|\bsave (me|us|him|her)\b|\bsos\b|\bmayday\b|\bhelp me+ (right )?(now|quick(ly)?)[!. ]*$"
    r"|\bhelp me+\b.*\b(f[ea]ll(en)?|i'?m hurt|i am hurt|dying|bleed\w*)\b"
    r"|\bi('ve| have)? f[ea]ll(en)?\b.*\b(up|hurt|move|stand)\b"
    r"|\b(can'?t|cannot|can not) (get (back )?up|stand up|move|breath|breathe)\b"
    r"|\b(not|isn'?t|stopped) breathing(?! well)\b|\b(am|is|are|'m|'s) dying\b"
    r"|\b(call|ring|dial|phone) (an ambulance|911|999|112|120|110)\b"
    r"|\b(not|won'?t|isn'?t) (waking|wake) up\b",
)
"""Said in danger, whatever else is said."""

BODILY = (
    rf"{WHO}(快|就?要|已经|好像|可能|真|怕|也|都|马上|突然|一下子)*不行了|快不行了|出人命"
    r"|摔(倒|了|伤|下|楼|跤|地|在|得|断|晕|一跤)|跌(倒|了|伤|跤|下|在地)|[滑绊栽]倒"
    r"|[摔滑跌]了?一[跤下]|[腿手脚骨胳膊腰]断了|骨折|起不来|起唔到|动不了"
    rf"|站不(起来|住)|{WHO}(突然|一下|忽然|又)*倒(了|下|在|地|到)|倒在(地|楼|厕|门|家|路|浴|床)"
    rf"|躺在?地"
    r"|晕(倒|过去|厥|了)|昏(倒|迷|过去|厥|了)|休克|不省人事|失去(意识|知觉)|[叫喊摇推](也|都"
    r"|怎么也)?[叫喊]?不醒"
    rf"|没有?(呼吸|心跳|脉搏|知觉|意识)|{WHO}.{{0,3}}没有?反应|(门|家|她|他|人)(都|也"
    rf"|一直)?没人?应|叫门不[开应]"
    r"|(喘|透)不(上|过|来)|[上吸]不(来|上|进)气|呼吸(困难|不了|急促|停)|喘(不了|唔到)|(胸"
    r"|心)口.{0,3}([压堵])|憋得?(慌|气|死)|窒息|噎(住|着|到)"
    r"|卡(住|在|到)?了?(喉|嗓|气管)|(胸口?|心口|心脏)(很|好|特别|有点|突然|又)*(痛|疼|闷|难受"
    r"|不舒服)|心脏病"
    r"|心(梗|绞痛|衰|肌梗)|心慌得|中风|脑(溢血|出血|梗|卒中)|抽(搐|筋|风|过去)|癫痫|羊癫疯"
    r"|哮喘.{0,2}[犯发]"
    r"|嘴巴?[歪斜]|口吐白沫|口眼歪|半边?身.{0,2}(麻|动)|说不(出|了)话|手脚(麻|不听)|(割|砍|刺"
    r"|捅)(了|到|伤).{0,3}血"
    r"|[流出吐便咳呕](了|出|好|很)*(好多|很多|大量|不少|多|满地)*的?血|血([止停]不住|流不止)"
    r"|止不住血|满[地脸头手]都?是?血"
    r"|被电(?![话视梯动信瓶])|触电|(?<![停充来用供断缺家水交])电到(了|我|他|她|人|手|孩子)|溺水"
    r"|落水|呛水|坠楼"
    r"|掉(进|到)?(水里|河|湖|井|池)|中[毒暑]|喝了?(农药|洗洁精|消毒|漂白|错)|安眠药"
    r"|[吃吞服]了?(好多|很多|一瓶|整瓶|一把|太多|大量|过量).{0,4}药"
    r"|\b(fell|fallen|faint(ed|ing)?|collapsed?|unconscious|unresponsive|bleeding|choking"
    r"|choked)\b"
    r"|\bstrokes?\b|\b(heart|hart) att?ack|\bseizure|\bconvuls|\b(passed|passing|blacked) out\b"
    r"|\bslipped (in|on|and)\b|\b(had|has had) a (bad )?fall\b|\bcut (myself|himself|herself)\b"
    r"|\bheart (hurts|is racing)\b|\bno pulse\b|\b(not|isn'?t) (respond|moving)|\bchest (pains?"
    r"|hurts?|pressure)\b"
    r"|\bchest (is|feels) (so |very )?(hurt|tight|pain)|\bpains? in (my|his|her|the) chest\b"
    r"|\b(short|out) of breath\b|\b(so much|lots of|lot of|covered in|losing) blood\b"
    r"|\bblood everywhere\b|\bface (is )?(drooping|droops|numb)|\btoo many (pills|tablets)\b"
    r"|\b(lying|laying|down) on the (floor|ground)\b(?! floor)"
    r"|\bdrown|\belectrocut|\belectric shock\b|\bpoison"
)
OF_A_HOUSE = (
    r"着了?火|(?<!没)[起失]火|火灾|烧(起来|着了)|冒(浓|黑|出)?烟|浓烟|冒火|爆炸|(煤|燃"
    r"|天然)气(泄漏|漏|味)"
    r"|漏(煤|燃|天然)气|(股|闻到).{0,3}(煤|燃|天然)气|(墙|楼|房|天花板|屋顶).{0,3}(塌|倒了)|地震"
    r"|被困|困住"
    r"|[困卡关锁][住在死]了?在?(电梯|屋|家|里面|厕所|浴室|阳台|房|车)|电梯.{0,3}(困|卡住|出不)"
    r"|\bon fire\b|\bfire\b|\bexplo(ded|sion)\b|\bsmoke (everywhere|(is )?coming|is filling)\b"
    r"|\b(thick|black|much|lots of|see) smoke\b|(?<!people )(?<!they )(?<!to )\bsmoke in (my"
    r"|the)\b"
    r"|\bsmells? (of |like )?(burning|smoke)\b|\bgas (leak|smell|everywhere)|\bleaking gas|^gas!*$"
    r"|\bsmell(s|ing)? (of |like |some )?gas\b|\btrapped\b"
    r"|\bstuck in(side)? (the |a |my )?(lift|elevator|bath|toilet)\b"
)
OF_PEOPLE = (
    r"抢劫|打人|有人打架|动刀子|(有|来|进).{0,2}陌生人(?!的)|家里遭贼|贼来了|砍人|杀人|入室|持刀"
    r"|(有人|他|她).{0,4}拿刀|[砍杀]我(?!家|的)|强奸|绑架|家暴"
    r"|[打掐揍](我|她)(?!家|的|电话|招呼|个|听|算|气|手机|座机|号码)"
    r"|[有进来是抓]了?个?(小偷|贼|强盗|坏人|歹徒)|小偷[进来在]|(有人|在|被)[撬砸]|闯进|翻窗"
    r"|跟踪[我她]|[拐抢](走|孩子)"
    r"|救护车|叫120|打了?(120|110|119)|急救|报警(?!器)|很危险"
    r"|\bambulance\b|\b(break|broke|breaking) in(to)?\b|\bbroken into\b|\bburglar|\bintruder"
    r"|\brobb(er|ed|ery|ing)\b|\battack(ed|ing)\b|\b(there'?s|there is|is) a thief\b"
    r"|\b(someone|somebody|stranger|man|men) (is |are )?in (my|our|the) (house|flat|home"
    r"|apartment)\b"
    r"|\b(hitting|beating|stabb\w+|hurting|choking|threatening|following) (me|him|her)\b"
    r"|\bknife\b.*\bme\b|\b(got|has|have|with) a knife\b|\bbeing (followed|beaten|stabbed)\b"
)
DANGERS = re.compile(f"{BODILY}|{OF_A_HOUSE}|{OF_PEOPLE}")
"""Names a danger: a cry where little else is said."""

GRAVE = re.compile(
    r"出(大)?事了|^求求(你|您|你们|大家|各位)?(快|赶紧)?来个?人|^(很|非常|特别)?(紧急|危急)(情况)?[!啊]*$|紧急情况|^(我)?不行了$|^快来[!啊]*$"
    r"|(?<!得)(要|快)死了|^没气了"
    rf"|没反应了|头?(很|好|突然|特别|得)*晕(得|死)|头(很|好|突然|特别)*晕|天旋地转|{OTHERS}没气"
    r"|[烫烧砸撞压夹扎咬](伤|到人|到[孩手头])|被.{0,3}[咬撞砸]|撞[车人了]|车祸|吃错.{0,2}药"
    r"|低血糖|高烧|羊水|要生了|难产"
    rf"|过敏.{{0,3}}[肿喘]|{OTHERS}(又|突然|刚|好像)?(不见|走失|失踪|走丢|丢)了|离家出走"
    rf"|敲门[没不]|[锁关]在?.{{0,4}}里了?$"
    r"|反锁|被锁|[水漏].{0,3}(淹|到膝)|报警器.{0,4}响|电线.{0,3}[冒火断]"
    rf"|\bemergency\b|\b{KIN}('?s| is| has gone| went| has been)? missing\b|\bscald(ed)?\b"
    r"|\bburn(t|ed)? (my|his|her|myself|himself|herself)\b|\bburning\b|\bdizzy\b|\bno response\b"
    r"|\bwaters? (has |have )?broke\b|\bin labou?r\b|\bcar crash\b|(?<!by )\baccident\b"
    r"|\bhit by a\b"
    r"|\bearthquake\b|\ballergic reaction\b|\bdoesn'?t (answer|open)\b.*\bdoor\b|\bbadly hurt\b"
    r"|\b(am|is|'m|'s) on the (floor|ground)(?! (floor|above|below|of))|\bthie(f|ves)\b"
    r"|^(please )?help(,? (help|me|us|him|her|please|pls|plz))*[!.。 ]*$|^help!(?!.*\bwith\b)"
)
"""May be grave, and may be nothing: always asked about."""

DESPAIR = re.compile(
    r"自杀|自尽|轻生|寻短见|不想活|不想再活|活不下去|活着(真)?(没意思|没劲|好累|太累)|跳楼|割腕"
    r"|上吊|(我|真|就|只)想死|^想死|遗书|一了百了"
    r"|\bsuicid|\bkill(ing)? myself\b|\bend (my life|it all)\b|\boverdos|\bwant(ed)? to die\b"
    r"|\bwish i (was|were) dead\b"
    r"|\b(do not|don'?t) want to (live|be alive)\b|\bno reason to live\b|\bharm(ing)? myself\b",
)
"""Somebody may mean to die: neighbours at the door, unasked, may be the wrong help."""
