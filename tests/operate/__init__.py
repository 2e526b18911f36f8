"""Tests of operating the bot: what its keeper does from the command line."""
