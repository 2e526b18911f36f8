"""Registrations 登记: what must be declared is declared once, and nobody is watched by it.

A kind is data: a sheet, how long it is good, who accepts it. Those that come with the house are in
`house`. Residents register themselves; of others nobody registers more than what they themselves
say at the desk. No number of an identity card, no faith, no record, no score: `guard` refuses them.
"""
