"""Day checks 报平安: somebody is asked every day whether all is well, and missed when silent.

Switched on by the person alone. Whatever they do here is a sign of theirs; silence never is one.
"""
