"""Remembering to which request an album went: its pictures come one by one."""

from handlers.form import FormContext

ALBUM = "album"
"""Conversation data: the album that came last."""
REQUEST = "album_request"
"""Conversation data: [album, request] of the album that went to a request last."""


async def album_goes_to(ctx: FormContext, request_id: int) -> None:
    """Remember the request to which the present message's album goes, where it is part of one."""
    if ctx.heard.album is not None:
        await ctx.state.update_data(
            {ALBUM: ctx.heard.album, REQUEST: [ctx.heard.album, request_id]}
        )


async def album_request(ctx: FormContext) -> int | None:
    """Return the request to which the present message's album went."""
    kept = (await ctx.state.get_data()).get(REQUEST)
    if not isinstance(kept, list) or len(kept) != 2 or kept[0] != ctx.heard.album:
        return None
    return kept[1] if isinstance(kept[1], int) else None
