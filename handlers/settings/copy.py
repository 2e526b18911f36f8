"""A copy of all that is held about somebody, as a page that any phone and computer opens."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from handlers.care.screens.words import CONCERNS, FOUND, REASONS, RHYTHMS
from handlers.categories import category
from handlers.clock_text import local
from handlers.help.screens import lines
from handlers.i18n import current_language, mark
from handlers.i18n import gettext as _
from handlers.people.screens import ROLES
from handlers.settings.screens import FIELDS
from handlers.sheets.screens import labelled_answers
from handlers.volunteers.words import SKILLS
from models.care.rules.plans import CareRhythm
from models.care.rules.states import CareFound, Concern, read_reasons
from models.categories import Skill
from models.held import PLACES
from models.help.rules.policy import Urgency
from models.help.rules.states import State
from models.people.rules import Role
from models.people.views import Copy, Shelf
from models.places.views import PlaceWithAbove
from models.sheets.views import FilingView

NAME = "linli-my-data.html"

HEADINGS = {
    "people.id": mark("Who you are here"),
    "people.proxy_id": mark("Whom you speak for"),
    "grants.person_id": mark("Your roles"),
    "help_requests.beneficiary_id": mark("What was asked for you"),
    "help_requests.requester_id": mark("What you asked for, for yourself or others"),
    "help_timeline.actor_id": mark("What you did and wrote about requests"),
    "help_media.sent_by": mark("Photos and places you sent"),
    "help_claims.person_id": mark("Tasks you took on"),
    "help_offers.person_id": mark("Tasks you were asked about"),
    "volunteers.person_id": mark("You as a volunteer"),
    "volunteer_skills.person_id": mark("What you can do"),
    "volunteer_places.person_id": mark("Where you help"),
    "proposals.author_id": mark("Your proposals"),
    "proposal_timeline.actor_id": mark("What you did and wrote about proposals"),
    "proposal_media.sent_by": mark("Photos you sent with proposals"),
    "proposal_seconds.person_id": mark("Proposals you support"),
    "proposal_ratings.person_id": mark("How you rated what was delivered"),
    "meeting_guests.person_id": mark("Meetings you were invited to"),
    "meeting_actions.person_id": mark("What you took on at meetings"),
    "seats.person_id": mark("Gatherings, posts and shifts you signed up for"),
    "seats.signed_by": mark("Whom you signed up"),
    "routine_people.person_id": mark("What you do regularly"),
    "occasions.person_id": mark("What was yours to do, time by time"),
    "occasions.done_by": mark("What you did, time by time"),
    "occasion_asks.person_id": mark("What you were asked to do, time by time"),
    "marks.rater_id": mark("How you found what you came to"),
    "day_checks.person_id": mark("When we ask you whether all is well"),
    "day_check_days.person_id": mark("Days on which we asked you"),
    "day_check_days.found_by": mark("Where you said that somebody is well"),
    "day_check_days.going_by": mark("Where you went to look after somebody"),
    "day_check_told.person_id": mark("When we asked you about somebody who was silent"),
    "circle.person_id": mark("Who is in your circle"),
    "circle.member_id": mark("Whose circle you are in"),
    "savings_moves.giver_id": mark("The time you gave"),
    "savings_moves.by_id": mark("Time that you confirmed or passed on"),
    "savings_papers.person_id": mark("Certificates of the time you gave"),
    "savings_gifts.from_id": mark("Time that you passed on"),
    "savings_gifts.to_id": mark("Time that your family offered you"),
    "savings_claims.giver_id": mark("How long you said that your help took"),
    "savings_claims.served_id": mark("How long others said that helping you took"),
    "savings_reasons.giver_id": mark("Why time was taken back"),
    "savings_reasons.by_id": mark("Why you took time back"),
    "savings_accounts.person_id": mark("Minutes that are yours to pass on"),
    "gatherings.created_by": mark("Gatherings you announced"),
    "hazards.found_by": mark("Hazards you found"),
    "hazards.reporter_id": mark("Hazards you reported"),
    "callups.created_by": mark("Call-ups you drew up"),
    "callup_asks.person_id": mark("Call-ups for which you were asked"),
    "callup_arrivals.person_id": mark("When you were there at a call-up"),
    "grown_ups.person_id": mark("That you are grown up"),
    "teams.created_by": mark("Teams you founded"),
    "team_members.person_id": mark("Teams you are in, or wanted to join"),
    "team_words.person_id": mark("What you told your teams"),
    "car_calls.sender_id": mark("Cars you asked to have moved"),
    "car_asked.person_id": mark("You were asked to move your car"),
    "car_mutes.person_id": mark("You are not asked to move your car"),
    "registration_kinds.made_by": mark("Kinds of registration you added"),
    "registrations.person_id": mark("What you registered"),
    "builder_mutes.person_id": mark("You are not told of builders"),
    "hazard_rechecks.answered_by": mark("Hazards you looked at again"),
    "posts.created_by": mark("Public posts you announced"),
    "posts.lead_id": mark("Public posts you look after"),
    "inspection_rounds.made_by": mark("Rounds you set up"),
    "inspections.by_id": mark("Walks of inspection you made"),
    "inspection_points.by_id": mark("What you said of points on walks of inspection"),
    "shift_swaps.person_id": mark("When you sought a stand-in"),
    "shift_swaps.taken_by": mark("When you stood in for somebody"),
    "shift_confirmations.person_id": mark("Minutes you gave in shifts, as confirmed"),
    "care_homes.person_id": mark("How you are looked in on"),
    "care_pairs.person_id": mark("Whom you look in on"),
    "care_call_ons.occasion_id": mark("When somebody looked in on you, and what they wrote"),
    "care_call_ons.person_id": mark("When you looked in on somebody"),
    "care_needs.home_id": mark("What you need"),
    "care_concerns.home_id": mark("What you told in confidence"),
    "care_follow_ups.home_id": mark("Whether it was well after what you told in confidence"),
    "care_needs.noted_by": mark("What you noted that is needed"),
    "filings.about_id": mark("What was filled in about you"),
    "filings.by_id": mark("What you filled in"),
    "care_gifts.person_id": mark("What you brought for festivals"),
    "care_askings.person_id": mark("When you were asked in the yearly survey"),
    "vote_roll.person_id": mark("Votes in which you may vote"),
    "vote_marks.person_id": mark("Votes you gave (of a secret one nobody knows what)"),
    "broadcast_recipients.person_id": mark("Notices sent to you"),
    "topic_mutes.person_id": mark("Topics you do not want"),
    "rollcall_answers.person_id": mark("Your answers to roll-calls"),
    "return_visits.answered_by": mark("Your answers when we asked again"),
    "broadcasts.author_id": mark("Notices you wrote"),
    "orders.reported_by": mark("What you reported as put right"),
    "order_evidence.sent_by": mark("Photos of what was put right"),
    "early_items.settled_by": mark("What you saw to before the next complaint"),
    "duty.person_id": mark("Your days on duty"),
    "canned_reasons.set_by": mark("Reasons you wrote for others to use"),
    "admin_codes.used_by": mark("When you became an admin"),
    "audit.actor_id": mark("What the book says you did"),
    "audit.concerning_id": mark("What the book says others did about you"),
}

LABELS = {
    "act": mark("act"),
    "agreed_at": mark("agreed on"),
    "anonymous": mark("without your name"),
    "answer": mark("answer"),
    "answered_at": mark("answered on"),
    "applied_at": mark("signed up on"),
    "asked_at": mark("asked on"),
    "at": mark("when"),
    "balance": mark("minutes"),
    "broadcast_id": mark("notice"),
    "came_at": mark("came"),
    "category": mark("kind"),
    "cause_kind": mark("kind"),
    "changed_at": mark("changed on"),
    "children": mark("children"),
    "choice": mark("vote"),
    "close_reason": mark("reason"),
    "closed_at": mark("ended at"),
    "confirmed_at": mark("confirmed on"),
    "begun_at": mark("Begun"),
    "finished_at": mark("Finished"),
    "confirmer": mark("confirmed by"),
    "filed_at": mark("filled in on"),
    "consented_at": mark("agreed on"),
    "occasion_id": mark("number"),
    "opens_at": mark("begins at"),
    "paused_until": mark("notices paused until"),
    "quiet_from": mark("own quiet hours from"),
    "quiet_until": mark("own quiet hours until"),
    "content": mark("words"),
    "content_other": mark("words in the other language"),
    "created_at": mark("begun on"),
    "day": mark("day"),
    "disowned": mark("you said that the car is not yours"),
    "found_at": mark("found on"),
    "level": mark("how it is put right"),
    "plate": mark("plate"),
    "spot": mark("the spot"),
    "title_en": mark("title in English"),
    "title_zh": mark("title in Chinese"),
    "valid_until": mark("good until"),
    "why_ended": mark("why it ended"),
    "why_returned": mark("why it was sent back"),
    "day_id": mark("number"),
    "decided_at": mark("decided on"),
    "declined_at": mark("said no on"),
    "done_at": mark("done at"),
    "done_words": mark("what was done"),
    "due_at": mark("due on"),
    "ended_at": mark("ended at"),
    "going_at": mark("set out at"),
    "granted_at": mark("given on"),
    "held_at": mark("taken on"),
    "hour": mark("hour"),
    "how": mark("how they know"),
    "invited_at": mark("invited on"),
    "kind": mark("what it is"),
    "language": mark("language"),
    "latitude": mark("latitude"),
    "leader_too": mark("the leader of the building is told too"),
    "aim": mark("what for"),
    "callup_id": mark("call-up no."),
    "part_id": mark("part no."),
    "times": mark("how many times"),
    "arrived_at": mark("arrived at"),
    "left_at": mark("left at"),
    "said_at": mark("said on"),
    "answered": mark("whether you answered"),
    "drill": mark("a drill"),
    "lead": mark("you lead it"),
    "team_id": mark("team no."),
    "load_cap": mark("most tasks in 30 days"),
    "longitude": mark("longitude"),
    "made_at": mark("made on"),
    "mark": mark("mark"),
    "may_send_neighbours": mark("neighbours may be sent"),
    "minutes": mark("minutes"),
    "move_id": mark("entry no."),
    "muted_at": mark("since"),
    "name": mark("name"),
    "number": mark("number"),
    "place_id": mark("where"),
    "position": mark("place in the order"),
    "problem": mark("the trouble"),
    "promised_by": mark("promised by"),
    "rating": mark("stars"),
    "reason": mark("reason"),
    "replied_at": mark("answered on"),
    "relation": mark("what they are to each other"),
    "reply": mark("answer"),
    "report": mark("words"),
    "reported_at": mark("reported on"),
    "rest_until": mark("away until"),
    "revoked_at": mark("ended at"),
    "role": mark("role"),
    "routine_id": mark("number"),
    "said": mark("answer"),
    "second_hour": mark("second hour"),
    "set_at": mark("set on"),
    "settled_at": mark("settled on"),
    "signed_up_at": mark("signed up on"),
    "size": mark("people"),
    "skill": mark("skill"),
    "solved": mark("solved?"),
    "stars": mark("stars"),
    "starts_at": mark("begins at"),
    "state": mark("state"),
    "subject": mark("about"),
    "subject_id": mark("number"),
    "submitted_at": mark("handed in on"),
    "telegram_id": mark("Telegram number"),
    "text": mark("words"),
    "title": mark("title"),
    "topic": mark("topic"),
    "urgency": mark("how urgent"),
    "used_at": mark("used on"),
    "voice": mark("what was spoken"),
    "vote_id": mark("vote no."),
    "weekday": mark("day of the week (0 is Monday)"),
    "what": mark("act"),
    "when_text": mark("when it suits"),
    "wish": mark("the wish"),
    "withdrawn_at": mark("taken back on"),
    "words": mark("words"),
    "words_open": mark("whoever is asked may read it"),
    "by_home_at": mark("the home said yes on"),
    "by_visitor_at": mark("the neighbour said yes on"),
    "found": mark("how it was"),
    "noted_at": mark("noted on"),
    "on_day": mark("day"),
    "part": mark("part"),
    "reasons": mark("why you asked for company"),
    "wishes": mark("your wishes"),
    "wishes_voice": mark("your wishes, spoken"),
    "opened_at": mark("told on"),
    "proposed_at": mark("proposed on"),
    "rhythm": mark("how often"),
    "said_by_home": mark("what the home said"),
    "way": mark("how"),
    "festival": mark("festival"),
    "year": mark("year"),
    "taken_at": mark("taken on"),
    "given_at": mark("brought on"),
}

READ: dict[tuple[str, str], Callable[[str], str]] = {
    ("help_requests", "category"): category,
    ("help_requests", "state"): lambda code: lines.state(State(code)),
    ("help_requests", "urgency"): lambda code: lines.urgency(Urgency(code)),
    ("early_items", "category"): category,
    ("grants", "role"): lambda code: _(ROLES[Role(code)]),
    ("volunteer_skills", "skill"): lambda code: _(SKILLS[Skill(code)]),
    ("care_homes", "rhythm"): lambda code: _(RHYTHMS[CareRhythm(code)]),
    ("care_homes", "reasons"): lambda codes: _(", ").join(
        _(REASONS[reason]) for reason in read_reasons(codes)
    ),
    ("care_homes", "wishes_voice"): lambda _spoken: _("🎤 a voice message"),
    ("care_needs", "voice"): lambda _spoken: _("🎤 a voice message"),
    ("care_call_ons", "voice"): lambda _spoken: _("🎤 a voice message"),
    ("care_call_ons", "found"): lambda code: _(FOUND[CareFound(code)]),
    ("care_concerns", "kind"): lambda code: _(CONCERNS[Concern(code)]),
}
"""How codes are read; any other is shown as it is kept."""

PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
body{{font:18px/1.6 sans-serif;max-width:44em;margin:1em auto;padding:0 1em}}
section{{margin-top:2em}}dl{{border-top:1px solid #bbb;margin:0;padding:.5em 0}}
dt{{color:#555}}dd{{margin:0 0 .3em 1em;white-space:pre-wrap;overflow-wrap:anywhere}}
</style></head><body><h1>{title}</h1><p>{about}</p>
{sections}</body></html>
"""


def page(copy: Copy, now: datetime, filings: Sequence[FilingView] = ()) -> str:
    """Write the page, in the reader's language; `filings` are those about them, opened."""
    about = _(
        "All that is kept about you, as of {time}. Numbers stand for other people and things; "
        "photos are kept by Telegram."
    )
    personal = [{_(FIELDS[field]): text for field, text in copy.personal.items()}]
    sections = [_section(_("Kept encrypted"), personal)] if copy.personal else []
    sections += [
        _section(_(HEADINGS[shelf.name]), _rows(shelf, copy.places)) for shelf in copy.shelves
    ]
    language = current_language()
    sections += [
        _section(one.sheet.title.said(language), [dict(labelled_answers(one, language))])
        for one in filings
    ]
    return PAGE.format(
        language="zh-Hans" if current_language().startswith("zh") else "en",
        title=escape(_("A copy of your data")),
        about=escape(about.format(time=_at(now))),
        sections="\n".join(sections),
    )


def _section(heading: str, rows: list[dict[str, str]]) -> str:
    lists = "".join(
        "<dl>"
        + "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in row.items())
        + "</dl>"
        for row in rows
    )
    return f"<section><h2>{escape(heading)} ({len(rows)})</h2>{lists}</section>"


def _rows(shelf: Shelf, places: dict[int, PlaceWithAbove]) -> list[dict[str, str]]:
    table = shelf.name.partition(".")[0]
    return [
        {
            _(LABELS[column]): _value(table, column, value, places)
            for column, value in row.items()
            if value is not None and value != ""
        }
        for row in shelf.rows
    ]


def _value(table: str, column: str, value: Any, places: dict[int, PlaceWithAbove]) -> str:
    if column in PLACES and value in places:
        return places[value].called(current_language(), whole=True)
    if (table, column) in READ:
        return READ[table, column](value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return _at(value)
    if isinstance(value, dict):
        return " · ".join(str(each) for each in value.values() if each)
    return value.isoformat() if isinstance(value, date) else str(value)


def _at(at: datetime) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}"
