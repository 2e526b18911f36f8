"""/roles and /admin, and what their buttons do."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message, MessageOriginUser

from handlers.callbacks import Go
from handlers.filters import registered
from handlers.form import FormContext, start_form
from handlers.form.run import forget
from handlers.people.commands import renew_menu
from handlers.roles import finding, screens
from handlers.roles.callbacks import (
    RoleFind,
    RoleGive,
    RoleList,
    RoleSure,
    RoleTake,
    RoleWhere,
    RoleWho,
)
from handlers.show import answer, replace, toast
from models.people.queries import (
    find_account,
    find_grant,
    granting_paths,
)
from models.people.rules import Granting, right_to_grant
from models.people.views import Denied, Person
from models.places.queries import line_of, offer_within
from models.roles.actions.codes import use_admin_code
from models.roles.actions.granting import grant, grantee, open_roles, revoke

router = Router(name="roles")

shared = Router(name="roles.shared")
"""Contacts and forwarded messages while somebody is looked for; it stands before the forms."""


async def looking_for_somebody(
    message: Message, person: Person | None = None, raw_state: str | None = None
) -> bool:
    """Tell a contact or a forward that names whom a role is for."""
    if raw_state != finding.FINDING or not await registered(message, person):
        return False
    return message.contact is not None or message.forward_origin is not None


@shared.message(looking_for_somebody)
async def take_shared(message: Message, **data: Any) -> None:
    """Show whoever a shared contact or a forwarded message names."""
    ctx = FormContext.of(data)
    telegram_id = account_in(message)
    card = await find_account(ctx.session, telegram_id) if telegram_id else None
    if card is None:
        await answer(message, screens.outcome(Granting.NO_SUCH_PERSON))
        return
    await forget(ctx.state)
    await answer(message, await finding.who(ctx, data["person"], card.id, card))


def account_in(message: Message) -> int | None:
    """Return the account that a contact or a forward names; None where Telegram hides it."""
    if message.contact is not None:
        return message.contact.user_id
    origin = message.forward_origin
    return origin.sender_user.id if isinstance(origin, MessageOriginUser) else None


@router.message(Command("roles"))
async def open_list(message: Message, **data: Any) -> None:
    """List the standing roles."""
    ctx = FormContext.of(data)
    await answer(message, await finding.overview(ctx, data["person"], 0))


@router.callback_query(Go.filter(F.to == "roles"))
async def go_list(callback: CallbackQuery, **data: Any) -> None:
    """List the standing roles, in place."""
    await replace(callback, await finding.overview(FormContext.of(data), data["person"], 0))


@router.callback_query(RoleList.filter())
async def turn_list(callback: CallbackQuery, callback_data: RoleList, **data: Any) -> None:
    """Show a page of the standing roles, in place."""
    ctx = FormContext.of(data)
    await replace(callback, await finding.overview(ctx, data["person"], callback_data.page))


@router.callback_query(RoleFind.filter())
async def find(callback: CallbackQuery, **data: Any) -> None:
    """Ask for whom a role is."""
    ctx = FormContext.of(data)
    if await _refused(callback, ctx, data["person"]):
        return
    await start_form(finding.FIND, callback, ctx)


@router.callback_query(RoleWho.filter())
async def show_person(callback: CallbackQuery, callback_data: RoleWho, **data: Any) -> None:
    """Show one person, in place."""
    ctx = FormContext.of(data)
    await replace(callback, await finding.who(ctx, data["person"], callback_data.person_id))


@router.callback_query(RoleWhere.filter())
async def ask_where(callback: CallbackQuery, callback_data: RoleWhere, **data: Any) -> None:
    """Ask for the place of a role, step by step."""
    ctx, actor = FormContext.of(data), data["person"]
    if await _refused(callback, ctx, actor):
        return
    card = await grantee(ctx.session, actor, callback_data.person_id)
    step = await offer_within(ctx.session, granting_paths(actor), callback_data.place_id)
    if card is None:
        await replace(callback, screens.outcome(Granting.NO_SUCH_PERSON))
        return
    await replace(callback, screens.where(card, callback_data.role, step, callback_data.page))


@router.callback_query(RoleSure.filter())
async def ask_sure(callback: CallbackQuery, callback_data: RoleSure, **data: Any) -> None:
    """Ask once more before a role is given."""
    ctx = FormContext.of(data)
    if await _refused(callback, ctx, data["person"]):
        return
    card = await grantee(ctx.session, data["person"], callback_data.person_id)
    place = await line_of(ctx.session, callback_data.place_id)
    if card is None or place is None:
        missing = Granting.NO_SUCH_PERSON if card is None else Granting.NO_SUCH_PLACE
        await replace(callback, screens.outcome(missing))
        return
    await replace(callback, screens.sure(card, callback_data.role, place))


@router.callback_query(RoleGive.filter())
async def give(callback: CallbackQuery, callback_data: RoleGive, **data: Any) -> None:
    """Give a role, and change that person's command menu."""
    ctx, to = FormContext.of(data), callback_data
    outcome = await grant(
        ctx.session, data["person"], to.person_id, to.role, to.place_id, now=ctx.now
    )
    if outcome is Granting.GRANTED:
        await renew_menu(ctx.session, ctx.bot, to.person_id)
    await replace(callback, screens.outcome(outcome))


@router.callback_query(RoleTake.filter())
async def take_back(callback: CallbackQuery, callback_data: RoleTake, **data: Any) -> None:
    """Ask once more, then take a role back, and change that person's command menu."""
    ctx, actor = FormContext.of(data), data["person"]
    found = await find_grant(ctx.session, callback_data.grant_id, revoked=True)
    place = await line_of(ctx.session, found.place_id) if found else None
    allowed = found and actor.may(right_to_grant(found.role), found.path)
    if found and place and allowed and not callback_data.sure:
        await replace(callback, screens.sure_to_take(found, place))
        return
    outcome = await revoke(ctx.session, actor, callback_data.grant_id, now=ctx.now)
    if outcome is Granting.REVOKED and found:
        await renew_menu(ctx.session, ctx.bot, found.person_id)
    await replace(callback, screens.outcome(outcome))


@router.message(Command("admin"))
async def become_admin(message: Message, command: CommandObject, **data: Any) -> None:
    """Make whoever has a one-time code an admin."""
    ctx, person = FormContext.of(data), data["person"]
    if not command.args:
        await answer(message, screens.code_needed(person))
        return
    use = await use_admin_code(ctx.session, person, command.args, ctx.now)
    now = await renew_menu(ctx.session, ctx.bot, person.id) or person
    await answer(message, screens.code_used(now, use))


async def _refused(callback: CallbackQuery, ctx: FormContext, actor: Person) -> bool:
    denied = isinstance(await open_roles(ctx.session, actor, now=ctx.now), Denied)
    if denied:
        await toast(callback, screens.only_for_granters(), alert=True)
    return denied
