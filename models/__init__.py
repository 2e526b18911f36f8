"""What the neighbourhood knows and decides, without Telegram.

One folder a subject, the same few files in each: `tables` (mapped classes), `rules` (pure
decisions, standard library only), `views` (frozen pictures of rows that leave the room),
`actions` (one function a use case: load, decide by a rule, write, queue what follows, return a
named outcome) and, where reads grow, `queries`.

Every action takes an open `Session` and the present instant; it never commits. Whoever opened
the transaction (a turn, the sweep, a command) commits once, so facts, conversation state,
notices and reminders become true together.
"""
