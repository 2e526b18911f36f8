"""Votes on proposals: who may vote, in what way, and what it comes to.

planned -> open -> counted; planned or open -> off (called off).

A secret ballot is an urn of marbles: `votes.urn` holds, sealed, how many there are of each colour
and nothing else; `vote_marks` holds who has put one in. What joins the two is in the voter's own
chat alone (docs/secret-ballot.md).
"""
