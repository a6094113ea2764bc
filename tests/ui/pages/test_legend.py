"""The legend under the findings: every sign and every colour of the list of parts, in words."""

from app.checks.standing import Kind
from ui.kit.stage import Stage
from ui.pages.legend import Legend
from ui.state.section_states import REVIEW


def test_the_check_page_tells_every_sign_and_every_number_of_the_list(office, draft):
    clerk = office(draft())
    legend = clerk.go(REVIEW).findChild(Legend)
    words = "，".join(entry.words for entry in legend.entries)
    assert all(stage.value in words for stage in Stage)
    assert all(kind in words for kind in Kind if kind is not Kind.INFO)
    assert all(entry.toolTip() for entry in legend.entries)
    assert legend.isVisible()
    right = max(entry.geometry().right() for entry in legend.entries)
    assert right <= legend.width()


def test_each_kind_over_the_findings_says_what_is_to_be_done(office, draft):
    page = office(draft()).go(REVIEW)
    tips = [button.toolTip() for button in page.filters.buttons()]
    assert tips[1:-1] == [tip for tip in tips if tip]
    assert len(set(tips[1:-1])) == len(Kind)
