"""The duty roster 值班表: who answers first at a place, by the day of the week, and its hours."""
