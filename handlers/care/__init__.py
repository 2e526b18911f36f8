"""How people are looked in on: their own screens, the visitors, and whoever keeps a home."""
