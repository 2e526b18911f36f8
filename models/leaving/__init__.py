"""People leave for good: every subject that is bound up with people lets go of them.

It stands above the subjects and lists them. Votes and roll-calls are not on the list: a vote that
was given counts, and whoever was on a roll or a board stays there under a number, else a result
would change that people have read.
"""
