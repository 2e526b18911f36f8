"""How the house itself is doing: what waits, what failed, what nobody can be sure of.

Failed updates: kept -> asked -> replayed, or back to kept; kept -> dropped.
Uncertain and refused messages: uncertain | failed -> queued (sent again), or dropped.
Failed reminders: failed -> pending (tried again), or lapsed (dropped, or too late to be of use).
What lapsed is shown for a while with its reason, and what quiet hours hold back is counted apart.

No table of its own: it mends rows of the updates, the outbox and the reminders. Whoever has
Right.SEE_STATUS sees and mends what belongs to their places, and what belongs to none.
"""
