"""What becomes of savings when somebody leaves."""

from datetime import datetime

from models.database import Session
from models.people.ties import LeaveHooks
from models.savings.actions.claiming import end_all
from models.savings.actions.giving import withdraw_all
from models.savings.actions.ledger import MoveCause, account_of, move, of_nobody
from models.savings.actions.papers import forget_name
from models.savings.actions.reversing import forget_reasons
from models.savings.rules import AccountKind, CauseKind


async def leave(session: Session, person_id: int, now: datetime) -> None:
    """Let nobody have what somebody has who leaves for good; all accounts stay in balance.

    Their account is locked before what is offered: whoever credits, gives or offers afterwards
    reads that they have left.
    """
    await end_all(session, person_id, now)
    await forget_reasons(session, person_id)
    await forget_name(session, person_id)
    account = await account_of(session, person_id)
    if account.balance:
        nobody = await of_nobody(session, AccountKind.VOID)
        cause = MoveCause(CauseKind.LEFT, person_id, person_id)
        await move(session, account, nobody, account.balance, cause, now=now)
    await withdraw_all(session, person_id, now)


LEAVE_HOOKS = LeaveHooks(leave)
