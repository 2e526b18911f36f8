"""Posts and shifts on the screen: what needs hands, who comes, who stands in."""
