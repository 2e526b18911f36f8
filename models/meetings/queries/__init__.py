"""Reading meetings: one whole, lists, guests, action items, whom a form can choose."""
