"""Use cases of orders, a module each. They take the session, the actor and `now`; none commits.

`models.help` opens orders and rings about visits, and orders put requests back to 'done': so this
package brings its modules in one by one, and nothing is asked of one that is not whole yet.
"""

from models.orders.actions import leaving

__all__ = ["leaving"]
