"""The Bot API's methods, one module a family, gathered in one registry."""

from sandbox.methods import callbacks, text, updating

__all__ = ["callbacks", "text", "updating"]
