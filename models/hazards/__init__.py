"""Hazards 隐患: what is dangerous is found, put right, and looked at again by somebody else.

found -> fixed (on the spot), or ordered -> reported -> rechecked -> closed,
or handed on -> answered.
"""
