"""Teams 服务队: neighbours who help together, with leads and an aim.

active -> ended; of a member asked -> in -> left, or asked -> declined.
"""
