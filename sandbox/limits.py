"""Telegram's rate limits: always measured, enforced on request."""


class Limits:
    pass
