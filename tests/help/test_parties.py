"""Who files at the desk speaks for the resident only while they work there."""

from sqlalchemy import update

from models.audit.rules import AuditAct
from models.database import transaction
from models.help.actions.filing import cancel_request
from models.help.queries.desk import find_number
from models.help.queries.request import told
from models.help.queries.resident import my_requests, where_is_it_now
from models.help.rules.outcomes import CancelOutcome, Refusal
from models.help.tables import RequestRow
from models.people.tables import GrantRow
from tests.audit.reading import acts
from tests.help.street import Street


async def test_a_revoked_role_no_longer_serves_whoever_filed_at_the_desk(street: Street) -> None:
    request_id = await street.file("zhao", beneficiary_id=street.people["wang"])
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        request = await session.get_one(RequestRow, request_id)
        number = request.number
        assert request.channel == "desk"
        assert not isinstance(
            await where_is_it_now(session, zhao, request_id, now=street.now), Refusal
        )
        await session.execute(update(GrantRow).values(revoked_at=street.now))
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        seen = await where_is_it_now(session, zhao, request_id, now=street.now)
        assert seen is Refusal.NOT_ALLOWED
        assert await told(session, zhao.id, request_id, now=street.now) is None
        assert await my_requests(session, zhao, now=street.now) == []
        assert await find_number(session, zhao, number, now=street.now) == []
        outcome = await cancel_request(session, zhao, request_id, now=street.now)
        assert outcome is CancelOutcome.NOT_ALLOWED
        assert await acts(session, AuditAct.DENIED) == 1, "the two are of one request"
        wang = await street.actor(session, "wang")
        assert len(await my_requests(session, wang, now=street.now)) == 1
