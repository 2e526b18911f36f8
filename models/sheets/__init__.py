"""Sheets: forms as data, and what is filed with them. Knows no subject.

A sheet is a version of a form: another version is added beside it and changes nothing that was
filed. A filing is one answered sheet about a record of some subject, and often about a person, who
has it read back and agrees. Whether somebody may file or look is for the subject to say.
"""
