"""Care 关怀: nobody who asked to be looked in on goes unseen.

A home 关怀户 is somebody who has agreed to be looked in on; a pair 结对 is a neighbour and a home
that have both agreed; a call-on 走访 is one time of the home's routine. What the database tells in
plain is the rhythm; why somebody wants company, and what was said at the door, is sealed.
"""
