"""Tools of the workshop: none of them is shipped with the bot."""
