"""Roll-calls: everybody at a place is asked whether they are safe.

A roll-call goes out as a broadcast, so that it is written, approved, sent, paused and accounted
for as any other; what is answered to it, and whom it still waits for, is told here.
"""
