"""Requests for help: one resident asks, as many neighbours as needed take it on.

open -> claimed -> underway -> done -> closed; beside them cancelled, expired, unsolved.
`open` lacks hands, `claimed` has all of them, `underway` has somebody on the way; these three
follow from the claims. A claim goes held -> on_way -> done, or waiting -> held in order.
Whoever changes a request locks its row first, so moves on one request are serial.
"""
