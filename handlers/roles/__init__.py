"""Who does what: /roles for admins and secretaries, /admin for the first admin."""
