"""Reading requests: what residents, volunteers and the desk see."""
