"""What a community can set: its clocks here, and a section of numbers in each subject."""
