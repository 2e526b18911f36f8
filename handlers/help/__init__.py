"""Asking for help and giving it: the resident's side and the helper's side of one request.

`forms` declares the questions, `asking` files a request, `mine` shows a resident where it is,
`cards` answers the cards volunteers get, `tasks` is the holder's screen, `notices` renders pushes.
Buttons carry ids alone; every tap is judged anew by the action it leads to, and answered with a
picture of the present state.
"""
