"""Rectification orders 督办 in the chat, and the return visits that follow them."""
