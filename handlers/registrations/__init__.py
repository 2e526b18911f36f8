"""Registers: what somebody declares, what waits at the desk, which kinds there are."""
