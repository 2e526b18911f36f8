"""Proposals 议事提案 in the chat: writing, reading, seconding, receiving, deciding, delivering."""
