"""Tests of what came from Telegram."""
