"""The bots and senders that are measured, each a process of its own: `python -m …`."""

from datetime import timedelta

TOKEN = "7000001:AAF_benchmark_of_linli_on_loopback"
"""A token of the right shape, for the local server alone."""

FIRST_READER = 2_000_000
"""Telegram id of the first person whom pushes go to; the others follow."""

AUTHOR = FIRST_READER - 1
"""Telegram id of whoever sends a broadcast, and follows how far it is."""

PUSH_TEXT = "【通知】明天上午九点起停水两小时，请提前储水。"

NOON = timedelta(hours=4)
"""Noon in Shanghai, in UTC."""
