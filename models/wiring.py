"""Who is behind the hooks of the subjects: the one list of what acts on what from above."""

from models.broadcasts import hooks as broadcasts
from models.callups import hooks as callups
from models.care import hooks as care
from models.care.actions.calls import request_done
from models.care.actions.moving import moves_along
from models.daychecks.actions.signs import gave_sign
from models.early.actions import look_for_pattern
from models.hazards.actions.following import follow_order, ordered_again, reported
from models.help import hooks as help_
from models.help.actions.leaving import hand_all_back
from models.help.queries.desk import desk_ids
from models.meetings.queries.parts import meeting_about
from models.orders import hooks as orders
from models.orders.actions.orders import open_order, refresh_orders
from models.orders.queries.orders import ever_ordered, last_order, who_put_right
from models.people import hooks as people
from models.posts import hooks as posts
from models.proposals import hooks as proposals
from models.registrations.actions.moving import holder_moves
from models.rollcalls.actions.calling import began
from models.rollcalls.queries.board import asked_of, has_ended
from models.savings.actions.claiming import (
    looked_in,
    minutes_said,
    request_solved,
    request_unsolved,
    said_came,
    said_nobody_came,
)
from models.savings.actions.serving import came_to_site, worked_shift
from models.volunteers import hooks as volunteers
from models.votes.queries.detail import vote_about


def wire() -> None:
    """Join every hook, before the first act of `models`; once more changes nothing."""
    people.gave_sign.join(gave_sign)
    people.moved.join(moves_along, holder_moves)
    volunteers.stopped.join(hand_all_back)
    volunteers.approvers.join(desk_ids)
    help_.filed.join(look_for_pattern, reported)
    help_.fell_short.join(open_order, request_unsolved, ordered_again)
    orders.moved.join(follow_order)
    help_.words_added.join(refresh_orders)
    help_.done.join(request_done)
    help_.solved.join(request_solved)
    help_.minutes_said.join(minutes_said)
    help_.who_put_right.join(who_put_right)
    help_.ever_ordered.join(ever_ordered)
    help_.last_order.join(last_order)
    care.said_came.join(said_came)
    care.looked_in.join(looked_in)
    care.said_nobody_came.join(said_nobody_came)
    callups.served.join(came_to_site)
    posts.served.join(worked_shift)
    proposals.meeting_about.join(meeting_about)
    proposals.vote_about.join(vote_about)
    broadcasts.began_asking.join(began)
    broadcasts.has_ended.join(has_ended)
    broadcasts.asked_of.join(asked_of)
