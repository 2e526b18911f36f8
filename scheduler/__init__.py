"""When things happen: the ticker, the sweep of due reminders, calendars."""
