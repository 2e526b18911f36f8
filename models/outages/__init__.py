"""Outages: when Telegram gave us nothing for longer than it keeps what people send."""
