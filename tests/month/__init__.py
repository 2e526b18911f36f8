"""A simulated month: a neighbourhood lives on a clock of its own, and every promise is recounted.

`town` builds the place and its people, `house` is the real bot with Telegram's stand-in in the same
process, `people` read what is sent to them and press the buttons they see, `life` is what befalls
them all, `invariants` and `recount` hold what came of it against the promises. One seed decides
everything: the same seed lives the same month.
"""
