"""Deliberation meetings 议事会: agenda, invitations, replies, check-in, minutes, action items.

called -> held (its minutes are published) | off (called off).
"""
