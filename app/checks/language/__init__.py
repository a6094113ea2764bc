"""How rules read Chinese: numerals with units, sentences and clauses, the form's own words, word lists.

Must not make a finding of its own.
"""
