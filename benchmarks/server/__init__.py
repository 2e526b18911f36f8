"""A Bot API server that does nearly nothing, so that the bots are what is measured.

It answers several times as fast as the sandbox, which checks every call against the Bot API.
Every contender talks to it. Its crowd of people writes to the bot and times the replies here, on
the server's side.
"""
