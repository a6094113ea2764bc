"""The grammar of quantities: what a sentence says of a number (unit, doer, period, verb, object, whole or part, more or less).

Must not make a finding of its own: rules ask it for statements and hold them against the tables.
"""
