"""The command line `nianbao …`: what may be typed, what is answered, one function a command.

Knows no Qt and owns no rule: it asks `session`, `signoff` and `county`.
"""
