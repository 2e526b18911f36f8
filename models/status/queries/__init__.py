"""Reading what waits and what is broken, as far as somebody's right reaches."""
