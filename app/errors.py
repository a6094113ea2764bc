"""The only error a clerk ever reads: what happened, and what to do."""


class UserError(Exception):
    """A refusal in words, both Chinese: `what` happened and `what_to_do` about it.

    Anything else that is raised is a bug: it is logged, one sentence is shown and the report is kept.
    """

    def __init__(self, what: str, what_to_do: str = "") -> None:
        super().__init__(what, what_to_do)
        self.what = what.rstrip("。")
        self.what_to_do = what_to_do.rstrip("。")

    def __str__(self) -> str:
        return f"{self.what}。{self.what_to_do}。" if self.what_to_do else f"{self.what}。"


REINSTALL = "请重新安装年报助手"  # what to do when a part of the program itself is missing
