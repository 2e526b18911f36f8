"""What is to leave for Telegram: one row, one message.

queued -> sending -> sent | blocked | gone | failed | uncertain; queued -> dropped (pointless).
A row is either composed (method and payload: an answer) or a notice (recipient, kind, subject: a
push, rendered when its turn to be sent comes). `sending` is committed before the request goes
out, so a crash never hides that a message may have left.
"""
