"""Messages that nobody asked for: what each is about is decided here, in one order.

docs/conversation.md has the table. A form in hand comes before all of this; whatever none of these
take is answered with the way to ask for help.
"""
