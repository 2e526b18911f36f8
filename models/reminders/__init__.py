"""The truth about time: instants at which something falls due.

pending -> fired | lapsed | cancelled | failed. The sweep (scheduler/) fires what is due inside one
transaction with all that follows from it, so a reminder is neither missed nor acted on twice.
"""
