"""Pure decisions about roll-calls; standard library only."""
