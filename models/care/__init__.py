"""Care 关怀: nobody who asked to be looked in on goes unseen.

A home 关怀户 is somebody who has agreed to be looked in on; a pair 结对 is a neighbour and a home
that have both agreed; a call-on 走访 is one time of the home's routine. What the database tells in
plain is the rhythm; why somebody wants company, and what was said at the door, is sealed.

A concern 悄悄话 is told in confidence. That money was asked for goes open -> reported -> settled:
whoever hears it reports what was done, somebody else signs it off or sends it back (open), and
the home is asked 7 and 30 days later (follow-up) whether it was well; 'again' opens it once more.
Every other concern goes open -> settled by a tap of whoever hears it.
"""
