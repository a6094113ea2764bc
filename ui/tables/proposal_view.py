"""Shows a proposal in the very cells that it would change, asks, and writes it as one step of undo."""

from collections.abc import Callable, Sequence

from app.form.model import CellRef, Value
from app.report.entry import show_value
from ui.state.controller import Controller
from ui.tables.paste_bar import PasteBar
from ui.tables.proposal import Proposal, Refused
from ui.tables.table_model import CHANGED, DRAFT, PROPOSED, Shown
from ui.tables.table_view import TableView


class ProposalView:
    """Belongs to one panel; `tell` carries a sentence for the status line."""

    def __init__(
        self,
        controller: Controller,
        views: Sequence[TableView],
        bar: PasteBar,
        tell: Callable[[str], object],
    ) -> None:
        self._controller = controller
        self._views = views
        self._bar = bar
        self._tell = tell
        self._proposal: Proposal | None = None
        bar.closed.connect(self.withdraw)

    @property
    def is_open(self) -> bool:
        return self._proposal is not None

    def ask(self, proposal: Proposal | Refused) -> None:
        """Show what would change; nothing is written before yes."""
        self.withdraw()
        if isinstance(proposal, Refused):
            self._bar.tell(proposal.sentence)
            return
        self._proposal = proposal
        first: CellRef | None = None
        for view in self._views:
            changes = proposal.changes(view.cells.places)
            shown = {ref: _shown(*pair) for ref, pair in changes.items()}
            shown |= {
                ref: Shown(text, DRAFT)
                for ref, (text, _) in proposal.drafts.items()
                if ref in view.cells.places
            }
            view.cells.set_proposed(shown)
            first = first or next(iter(shown), None)
        if first is not None:
            self._show(first)
        self._bar.ask(proposal.sentence, proposal.yes, self._accept, proposal.no)

    def write(self, proposal: Proposal) -> None:
        """Write it without asking: nothing in it wants to be looked at."""
        self.withdraw()
        self._write(proposal)

    def withdraw(self) -> None:
        """Nothing is proposed any more; the cells show what is."""
        if self._proposal is not None:
            self._proposal = None
            for view in self._views:
                view.cells.set_proposed({})

    def look(self) -> None:
        """The report changed: what was proposed for another state is off the table."""
        proposal = self._proposal
        if proposal is None:
            self._bar.forget()
        elif self._controller.document.report is not proposal.before:
            self.withdraw()
            self._bar.forget()
            self._tell(f"报告改了，“{proposal.name}”没有做；还要的话请再来一次")

    def _accept(self) -> None:
        for (
            view
        ) in self._views:  # what is being typed comes first, and is another state than the one proposed for
            view.take_over()
        proposal = self._proposal
        self.withdraw()
        if proposal is not None:
            self._write(proposal)

    def _write(self, proposal: Proposal) -> None:
        document = self._controller.document
        if document.report is not proposal.before:
            return
        for view in self._views:
            view.cells.drop_drafts([*proposal.changes(view.cells.places), *proposal.given])
        document.change(proposal.name, proposal.after)
        for view in self._views:
            mine = {ref: draft for ref, draft in proposal.drafts.items() if ref in view.cells.places}
            if mine:
                view.cells.set_drafts(mine)
        if proposal.done:
            self._tell(proposal.done)
        if proposal.then is not None:
            proposal.then()
        else:
            self._bar.closed.emit()  # back to the cells

    def _show(self, ref: CellRef) -> None:
        view = next(view for view in self._views if ref in view.cells.places)
        view.scrollTo(view.cells.index_of(ref))


def _shown(now: Value | None, then: Value | None) -> Shown:
    if now is None:
        return Shown(show_value(then), PROPOSED)
    return Shown(f"{show_value(now)}→{show_value(then) or '空'}", CHANGED)
