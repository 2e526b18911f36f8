"""Pure decisions about broadcasts; standard library only."""
