"""Whole lives of the bot on one seeded loop, with everything going wrong that can."""
