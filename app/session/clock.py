"""Whether the date of this computer can be right: years, deadlines and the order of saves hang on it."""

from datetime import date

FIRST_DAY = date(2026, 11, 1)  # no copy of the program is older


def doubt(today: date) -> str:
    """The sentence for who has to set the clock; "" where nothing speaks against it."""
    if today >= FIRST_DAY:
        return ""
    return (
        f"电脑上的日期是{today.year}年{today.month}月{today.day}日，比这个程序还早，多半不对。"
        "新报告的年度、期限、签署日期和保存时间都按它算，请先把日期改对。"
    )
