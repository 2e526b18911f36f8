"""The edge towards people: parse, call one action, show one screen.

A handler is plain aiogram. It is given `session`, `person` (None for somebody unknown), `language`
and `now`; what it "sends" becomes rows in the outbox of the same transaction. Sentences live in
`screens.py` and the catalogues; conversations are declared to `form.py`, not coded.
"""
