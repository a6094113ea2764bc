"""The one error that the set-up shows to a person: a sentence that says what is wrong and what to do."""


class SetupError(Exception):
    pass
