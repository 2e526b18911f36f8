"""One failure matrix for all handlers: every button, command and message in every bad moment.

A new button or command is in it as soon as its room is wired; a field of a new type adds one line
to `samples.py`.
"""
