"""Reading orders: what supervisors, those responsible and residents see."""
