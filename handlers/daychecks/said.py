"""What outcomes of day checks say."""

from handlers.i18n import mark
from handlers.records.said import says
from models.daychecks.rules.states import DayOutcome

says(
    (DayOutcome.SWITCHED_ON, mark("✅ Done: we ask you every day.")),
    (DayOutcome.CHANGED, mark("✅ Changed.")),
    (DayOutcome.PAUSED, mark("⏸ Paused. Nobody is asked about you any more.")),
    (DayOutcome.RESUMED, mark("▶️ Good to have you back! We ask you again.")),
    (DayOutcome.RESTING, mark("🧳 Have a good time! So long we do not ask.")),
    (DayOutcome.SWITCHED_OFF, mark("Switched off. You can switch it on again at any time.")),
    (DayOutcome.WELL, mark("😊 Glad to hear it! Have a good day.")),
    (DayOutcome.HELP, mark("🙏 We have asked for help for you.")),
    (DayOutcome.PRESSED, mark("🆘 Everybody near is called. In danger to life ring 120.")),
    (DayOutcome.TOLD, mark("👌 Passed on to whoever comes.")),
    (DayOutcome.GOING, mark("🚶 Thank you! All who know of it see that you go.")),
    (DayOutcome.HANDED_ON, mark("Thank you for saying so. The next is asked at once.")),
    (DayOutcome.FOUND_WELL, mark("💚 Thank you! All who were asked are told.")),
    (DayOutcome.LISTENED, mark("Thank you for listening.")),
    good=True,
)
says(
    (
        DayOutcome.OUTSIDE,
        mark("We ask between 5 in the morning and 9 in the evening, such as 8:00."),
    ),
    (
        DayOutcome.TOO_CLOSE,
        mark("The second time has to be at least four hours after the first."),
    ),
    (
        DayOutcome.QUIET_NOW,
        mark("It is night now, so we cannot begin at this hour. Another one, such as 8:00?"),
    ),
    (
        DayOutcome.NO_ACCOUNT,
        mark("This needs Telegram of one's own: everybody answers for themselves."),
    ),
    (
        DayOutcome.NOT_FILED,
        mark("That did not work. In danger ring 120; else tap “📞 Please ring me” below."),
    ),
    (DayOutcome.OTHER_GOES, mark("Somebody is on the way already. Thank you!")),
    good=False,
)
