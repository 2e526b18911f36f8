"""Benchmarks: what the promises cost, beside libraries that make none, on the same server.

`python -m benchmarks` drives; every bot is a process of its own (`contenders/`), and so is the
local Bot API server they all talk to (`server/`). Contenders take turns within each round.
"""
