"""The process: settings, receiving, the turn, the outbox, delivery, the command line."""
