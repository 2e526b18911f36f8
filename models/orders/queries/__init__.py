"""Reading orders: what supervisors, those responsible and residents see."""

from models.orders.queries.pictures import (
    count_orders,
    hand_on_choices,
    order_told,
    order_view,
    standing_orders,
    visit_told,
)

__all__ = [
    "count_orders",
    "hand_on_choices",
    "order_told",
    "order_view",
    "standing_orders",
    "visit_told",
]
