"""Pure decisions about meetings; standard library only."""
