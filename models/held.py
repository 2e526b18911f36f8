"""Everything that is held about somebody, table by table, for a copy of their own.

By the names of tables and columns, of whatever subject. A test holds the list whole: every table
that names people is in it, or among those left out with a reason.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, RowMapping, or_, select

from models.database import Session, vault_of
from models.people.actions.personal import look
from models.people.rules import Field
from models.people.views import Copy, Denied, Person, Shelf
from models.places.queries import lines_of
from models.schema import metadata
from models.vault import SealedCell

SPOKEN = "spoken"
"""What stands in a copy for a voice."""
ROWS_AT_MOST = 2000
"""Of one table: nobody reads more, and a file has to be sent."""


@dataclass(frozen=True)
class HeldTable:
    """One table: by which columns a row is somebody's, and which of its columns they read."""

    table: str
    by: tuple[str, ...]
    shows: tuple[str, ...]
    opens: tuple[str, ...] = ()
    """Sealed columns about themselves, opened in their own copy."""
    spoken: tuple[str, ...] = ()
    """Columns of what was spoken: Telegram keeps the voice, the copy says that there is one."""
    through: tuple[str, ...] = ()
    """`table.column`, one after another: a row is theirs where it belongs to a row of that table
    that is theirs, in the same way, by that column."""


def _held(
    table: str, by: str, shows: str, *, opens: str = "", spoken: str = "", through: str = ""
) -> HeldTable:
    return HeldTable(
        table,
        (*by.split(),),
        (*shows.split(),),
        (*opens.split(),),
        (*spoken.split(),),
        (*through.split(),),
    )


HELD = (
    _held("people", "id", "name language place_id telegram_id created_at consented_at "
          "paused_until quiet_from quiet_until"),
    _held("people", "proxy_id", "name"),
    _held("grants", "person_id", "role place_id granted_at revoked_at"),
    _held("help_requests", "beneficiary_id",
          "number category text words_open urgency when_text place_id state created_at promised_by "
          "done_at closed_at solved rating close_reason"),
    _held("help_requests", "requester_id", "number category created_at"),
    _held("help_timeline", "actor_id", "at what words"),
    _held("help_media", "sent_by", "kind latitude longitude"),
    _held("help_claims", "person_id", "created_at state held_at done_at minutes ended_at reason"),
    _held("help_offers", "person_id", "asked_at state answered_at"),
    _held("volunteers", "person_id", "state load_cap applied_at decided_at reason changed_at"),
    _held("volunteer_skills", "person_id", "skill"),
    _held("volunteer_places", "person_id", "place_id"),
    _held("proposals", "author_id",
          "number title problem wish anonymous state submitted_at closed_at"),
    _held("proposal_timeline", "actor_id", "at what words"),
    _held("proposal_media", "sent_by", "kind"),
    _held("proposal_seconds", "person_id", "at withdrawn_at"),
    _held("proposal_ratings", "person_id", "at stars words"),
    _held("meeting_guests", "person_id", "invited_at reply replied_at came_at"),
    _held("meeting_actions", "person_id", "words due_at done_at done_words"),
    _held("seats", "person_id", "subject subject_id state size children came_at"),
    _held("seats", "signed_by", "subject subject_id state"),
    _held("circle", "person_id", "relation position state asked_at agreed_at ended_at"),
    _held("day_checks", "person_id",
          "hour second_hour may_send_neighbours leader_too rest_until state agreed_at"),
    _held("day_check_days", "person_id", "day state asked_at how"),
    _held("day_check_days", "found_by", "day how"),
    _held("day_check_days", "going_by", "day going_at"),
    _held("day_check_told", "person_id", "day_id said"),
    _held("circle", "member_id", "relation state asked_at agreed_at ended_at"),
    _held("marks", "rater_id", "subject subject_id mark words at"),
    _held("routine_people", "person_id", "routine_id"),
    _held("occasions", "person_id", "subject subject_id state opens_at"),
    _held("occasions", "done_by", "subject subject_id settled_at"),
    _held("occasion_asks", "person_id", "occasion_id asked_at state"),
    _held("savings_moves", "giver_id", "done_at minutes cause_kind confirmer"),
    _held("savings_moves", "by_id", "at minutes cause_kind"),
    _held("savings_papers", "person_id", "made_at minutes"),
    _held("savings_gifts", "from_id", "asked_at minutes state"),
    _held("savings_gifts", "to_id", "asked_at minutes state answered_at"),
    _held("savings_claims", "giver_id", "done_at minutes kind state"),
    _held("savings_claims", "served_id", "done_at minutes kind state"),
    _held("savings_reasons", "giver_id", "move_id", opens="words"),
    _held("savings_reasons", "by_id", "move_id", opens="words"),
    _held("savings_accounts", "person_id", "balance"),
    _held("hazards", "found_by", "found_at kind level spot state"),
    _held("hazards", "reporter_id", "found_at kind state"),
    _held("hazard_rechecks", "answered_by", "answered_at answer"),
    _held("gatherings", "created_by", "created_at title words starts_at state"),
    _held("callups", "created_by", "created_at words drill state"),
    _held("callup_asks", "person_id", "callup_id times asked_at answered"),
    _held("callup_arrivals", "person_id", "part_id arrived_at left_at minutes confirmed_at"),
    _held("grown_ups", "person_id", "said_at"),
    _held("teams", "created_by", "created_at name aim state"),
    _held("team_members", "person_id", "team_id state lead asked_at changed_at"),
    _held("team_words", "person_id", "team_id at words"),
    _held("car_calls", "sender_id", "asked_at place_id spot state", opens="plate"),
    _held("car_asked", "person_id", "disowned"),
    _held("car_mutes", "person_id", "muted_at"),
    _held("registration_kinds", "made_by", "made_at title_zh title_en state"),
    _held("registrations", "person_id",
          "number place_id state begun_at filed_at why_returned valid_until ended_at why_ended"),
    _held("builder_mutes", "person_id", "muted_at"),
    _held("posts", "created_by", "created_at kind title words state"),
    _held("posts", "lead_id", "title state"),
    _held("shift_swaps", "person_id", "asked_at ended_at"),
    _held("shift_swaps", "taken_by", "ended_at"),
    _held("shift_confirmations", "person_id", "minutes confirmed_at"),
    _held("inspection_rounds", "made_by", "made_at title state"),
    _held("inspections", "by_id", "begun_at finished_at state"),
    _held("inspection_points", "by_id", "at mark"),
    _held("care_homes", "person_id",
          "rhythm weekday place_id state proposed_at agreed_at ended_at", opens="reasons wishes",
          spoken="wishes_voice"),
    _held("care_pairs", "person_id", "part state by_home_at by_visitor_at ended_at"),
    _held("care_call_ons", "person_id", "on_day way found reported_at said_by_home"),
    _held("care_needs", "home_id", "noted_at state settled_at",
          opens="words", spoken="voice", through="care_homes.person_id"),
    _held("care_call_ons", "occasion_id", "on_day found", opens="words", spoken="voice",
          through="occasions.subject_id care_homes.person_id"),
    _held("care_concerns", "home_id", "opened_at kind state settled_at",
          opens="words", spoken="voice", through="care_homes.person_id"),
    _held("care_follow_ups", "home_id", "asked_at state answered_at",
          opens="words", spoken="voice", through="care_homes.person_id"),
    _held("care_needs", "noted_by", "noted_at state settled_at"),
    _held("filings", "about_id", "subject filed_at state confirmed_at"),
    _held("filings", "by_id", "subject subject_id filed_at"),
    _held("care_gifts", "person_id", "festival year state taken_at given_at"),
    _held("care_askings", "person_id", "year state way asked_at agreed_at declined_at"),
    _held("vote_roll", "person_id", "vote_id"),
    _held("vote_marks", "person_id", "vote_id choice"),
    _held("broadcast_recipients", "person_id", "broadcast_id confirmed_at signed_up_at"),
    _held("topic_mutes", "person_id", "topic muted_at"),
    _held("rollcall_answers", "person_id", "answer answered_at"),
    _held("return_visits", "answered_by", "asked_at answer answered_at"),
    _held("broadcasts", "author_id", "created_at state content content_other"),
    _held("orders", "reported_by", "reported_at report"),
    _held("order_evidence", "sent_by", "kind"),
    _held("early_items", "settled_by", "settled_at words"),
    _held("duty", "person_id", "place_id weekday set_at"),
    _held("canned_reasons", "set_by", "place_id words set_at"),
    _held("admin_codes", "used_by", "used_at"),
    _held("audit", "actor_id", "at act subject"),
    _held("audit", "concerning_id", "at act subject"),
)  # fmt: skip

WORK = "work for others, which tells about them; the book says what was done"
LEFT_OUT = {
    "personal_fields.person_id": "opened and shown by itself",
    "outbox.recipient_id": "what was sent stands in the chat; rows are forgotten after days",
    "desk_searches.person_id": "the last search alone, sealed, for turning its pages",
    "broadcast_recipients.reader_id": "somebody else's copy, in a proxy's chat",
    "meeting_guests.instead_of": "somebody else's invitation",
    "rollcall_answers.answered_by": "somebody else's answer",
    "care_concerns.about_id": "somebody else's words, told in confidence",
    "care_concerns.told_by": "of whom they speak for, in whose copy it stands",
    "care_follow_ups.answered_by": "of whom they speak for or rang, in whose copy it stands",
    **dict.fromkeys(
        (
            "grants.granted_by", "grants.revoked_by", "help_requests.owner_id",
            "volunteers.decided_by", "proposals.desk_id", "proposals.person_id",
            "meetings.called_by", "meeting_actions.set_by", "votes.set_by", "seats.ticked_by",
            "broadcasts.approved_by", "rollcall_rounds.ended_by", "orders.person_id",
            "orders.set_by", "orders.signed_by", "early_items.taken_by", "duty.set_by",
            "desk_hours.set_by", "seconding_terms.set_by", "care_homes.keeper_id",
            "care_homes.paper_seen_by", "care_pairs.proposed_by", "care_concerns.settled_by",
            "sheets.made_by", "savings_claims.decided_by", "savings_claims.word_by",
            "accidents.entered_by", "callups.approved_by", "callup_arrivals.confirmed_by",
            "shift_confirmations.confirmed_by", "registrations.decided_by", "registrations.by_id",
            "car_calls.answered_by",
            "care_reports.by_id", "care_reports.sent_back_by",
            "care_surveys.begun_by", "care_askings.asked_by", "care_askings.word_by",
            "care_festivals.set_by", "care_ledgers.asked_by", "care_ledgers.decided_by",
        ),
        WORK,
    ),
}  # fmt: skip
"""Columns that name people and are in no copy, with the reason."""

PLACES = frozenset({"place_id"})


async def copy_of(session: Session, person: Person, *, now: datetime) -> Copy:
    """Return all that is held about somebody, with their own sealed fields opened."""
    opened = await look(session, person, person.id, list(Field), now=now)
    shelves = [await _shelf(session, held, person.id) for held in HELD]
    found = tuple(shelf for shelf in shelves if shelf.rows)
    places = {
        row[column]
        for shelf in found
        for row in shelf.rows
        for column in PLACES & set(row)
        if row[column] is not None
    }
    lines = await lines_of(session, places) if places else {}
    return Copy({} if isinstance(opened, Denied) else opened, found, lines)


async def _shelf(session: Session, held: HeldTable, person_id: int) -> Shelf:
    table = metadata().tables[held.table]
    theirs = or_(*(_is_theirs(held, table.c[name], person_id) for name in held.by))
    own = [table.c.id] if held.opens else []
    columns = [*(table.c[name] for name in (*held.shows, *held.opens, *held.spoken)), *own]
    statement = select(*columns).where(theirs).order_by(*table.primary_key).limit(ROWS_AT_MOST)
    rows = (await session.execute(statement)).mappings().all()
    return Shelf(f"{held.table}.{held.by[0]}", tuple(_read(session, held, row) for row in rows))


def _is_theirs(held: HeldTable, column: Column[Any], person_id: int) -> ColumnElement[bool]:
    steps = [step.split(".") for step in held.through]
    owners = [column, *(metadata().tables[name].c[owner] for name, owner in steps)]
    theirs: ColumnElement[bool] = owners[-1] == person_id
    for through, owner in zip(reversed(owners[1:]), reversed(owners[:-1]), strict=True):
        theirs = owner.in_(select(through.table.c.id).where(theirs))
    return theirs


def _read(session: Session, held: HeldTable, row: RowMapping) -> dict[str, Any]:
    """Return a row as its person reads it, with what is sealed opened."""
    vault = vault_of(session)
    opened = {
        name: vault.open(SealedCell(held.table, name, row["id"]), row[name])
        for name in held.opens
        if row[name] is not None
    }
    spoken = {name: SPOKEN for name in held.spoken if row[name] is not None}
    return {name: row[name] for name in held.shows} | opened | spoken
