"""How the tree of places looks, and how changes of its shape are asked."""
