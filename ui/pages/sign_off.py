"""送签: how far the report is on its way to 定稿, what is missing, the papers, who signed, and the one next step."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.report.fingerprint import fingerprint, grouped
from app.report.model import Hand, Report
from app.session import session
from app.signoff import signing
from app.signoff.check_sheet import Checked
from app.signoff.signing import Stage, Step
from ui.kit import forms, symbols, theme, widgets
from ui.kit.choices import Combo
from ui.kit.palette import shade
from ui.kit.sheet import Sheet
from ui.kit.stage import Stage as ShownStage
from ui.kit.stage_sign import StageSign
from ui.kit.typed_fields import date_text
from ui.pages.page import Page, scrolling
from ui.signoff.sign_off_actions import SignOffActions
from ui.state.controller import Controller
from ui.state.section_states import REVIEW, SIGN_OFF, Place

CHECK, PAPERS, HANDS, FINAL = "检查", "送审材料", "签字", "定稿"
_WIDEST = 920  # logical pixels that a card takes


class SignOffPage(Page):
    """送审 → 审核 → 签发 → 定稿."""

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller, SIGN_OFF, "送签")
        self.sign_off_actions = SignOffActions(controller, self)
        self.sign_off_actions.made.connect(self.result_bar.tell)
        self._next: tuple[str, object] = ("", None)
        content = QWidget()
        content.setMaximumWidth(_WIDEST)
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, theme.STEP, theme.STEP // 2)
        self._column.setSpacing(theme.STEP // 2 if theme.is_compact() else 12)
        self._signs: dict[str, StageSign] = {}
        self._add_path()
        self._add_check()
        self._add_papers()
        self._add_hands()
        self._add_final()
        self._column.addStretch(1)
        area = scrolling(content)
        for ground in (self, content, area.viewport()):
            widgets.on_desk(ground)
        self.body.addWidget(area, 1)
        self.next_button.clicked.connect(lambda _checked=False: self.take_step())

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _add_path(self) -> None:
        self.path = QHBoxLayout()
        self.path.setSpacing(theme.STEP)
        self.stages: dict[Stage, QLabel] = {}
        for stage in Stage:
            if self.stages:
                self.path.addWidget(_quiet("→"))
            label = QLabel(stage.value)
            label.setContentsMargins(theme.STEP, 3, theme.STEP, 3)
            self.stages[stage] = label
            self.path.addWidget(label)
        self.path.addStretch(1)
        self._column.addLayout(self.path)

    def _part(self, title: str, *beside: QWidget | None) -> QVBoxLayout:
        """A card of the checklist: whether it is done, what it is called, what there is to say and to press."""
        card = Sheet()
        part = QVBoxLayout(card)
        side, high = (12, 6) if theme.is_compact() else (20, 12)
        part.setContentsMargins(side, high, side, high)
        part.setSpacing(2 if theme.is_compact() else theme.STEP // 2)
        self._signs[title] = StageSign()
        head = widgets.heading(title)
        head.setWordWrap(False)
        head.setMinimumWidth(theme.scaled(88))
        part.addLayout(forms.side_by_side(self._signs[title], head, *beside))
        self._column.addWidget(card)
        return part

    def _add_check(self) -> None:
        self.check_words = widgets.label()
        self.check_button = widgets.link("查看问题", lambda: self.go.emit(REVIEW))
        self._part(CHECK, self.check_words, self.check_button)

    def _add_papers(self) -> None:
        self.papers_words = widgets.note()
        self.print_button = widgets.button("打印送审材料…", lambda: self.print_papers())
        self.papers_button = widgets.button("存成 Word 和 PDF…", self.sign_off_actions.save_papers)
        self.publicity = Combo()
        self.publicity.setAccessibleName("公开属性")
        self.publicity.activated.connect(self._on_publicity)
        caption = QLabel("公开属性")
        caption.setBuddy(self.publicity)
        choice: tuple[QWidget, ...] = (caption, self.publicity)
        is_narrow = theme.is_compact() and theme.SCALE > 1  # no room for all of it in one row
        beside = () if is_narrow else choice
        part = self._part(PAPERS, None, self.print_button, self.papers_button, *beside)
        self.papers_words.setIndent(symbols.SIZE + theme.STEP)
        self.redline_button = widgets.link("花脸稿…", lambda: self.command.emit("redline"))
        self.copy_button = widgets.link("读回改稿…", lambda: self.command.emit("edited_copy"))
        links = (self.redline_button, self.copy_button)
        part.addLayout(forms.side_by_side(self.papers_words, *links, *(choice if is_narrow else ())))

    def _add_hands(self) -> None:
        self.hands_words = widgets.note()
        part = self._part(HANDS, self.hands_words)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.STEP * 2)
        self._grid.setVerticalSpacing(0 if theme.is_compact() else 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, theme.scaled(88))
        self._grid.setContentsMargins(symbols.SIZE + theme.STEP, 0, 0, 0)
        part.addLayout(self._grid)
        self.sign_buttons: dict[str, QWidget] = {}
        self._hands: dict[str, tuple[QLabel, QPushButton, QPushButton]] = {}
        try:
            self._add_steps()
        except UserError as error:
            part.addWidget(widgets.label(str(error), colour=theme.ERROR))

    def _add_steps(self) -> None:
        """A row for each step; made anew when another rule pack wants other numbers confirmed."""
        while (item := self._grid.takeAt(0)) is not None:
            if (one := item.widget()) is not None:
                one.hide()
                one.deleteLater()
        self.sign_buttons.clear()
        self._hands.clear()
        for row, step in enumerate(signing.rules().steps):
            self._add_step(row, step)

    def _add_step(self, row: int, step: Step) -> None:
        name = step.name if step.required or step.confirms else f"{step.name}（可不填）"
        words = widgets.label()
        record = widgets.link("登记…", lambda: self.sign_off_actions.sign(step))
        drop = widgets.link("撤去", lambda: self.sign_off_actions.take_back(step))
        record.setAccessibleName(f"登记{step.name}")
        drop.setAccessibleName(f"撤去{step.name}的登记")
        for column, one in enumerate((widgets.label(name), words, drop, record)):
            self._grid.addWidget(one, row, column)
        self.sign_buttons[step.key] = record
        self._hands[step.key] = (words, record, drop)

    def _add_final(self) -> None:
        self.final_words = widgets.label()
        self.digits = widgets.Elided("", theme.SMALL, theme.FAINT)
        self.digits.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.digits.hide()
        self.digits_button = widgets.link("内容指纹", lambda: self.digits.setVisible(self.digits.isHidden()))
        self.digits_button.setToolTip("64位字符，内容改一个字就不同；一般用不到")
        self.verify_button = widgets.button("核对定稿…", self.sign_off_actions.verify)
        self.pack_button = widgets.button("做成上报包…", self.sign_off_actions.pack)
        buttons = (self.digits_button, self.verify_button, self.pack_button)
        part = self._part(FINAL, self.final_words, *buttons)
        part.addWidget(self.digits)

    # -- showing -------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        document = self.controller.document
        report = document.report
        try:
            stage = signing.stage(report)
        except UserError as error:
            self.hands_words.setText(str(error))
            return
        self._show_path(stage)
        self._show_check()
        self._show_papers(report)
        self._show_hands(report)
        self._show_final(report)
        self._show_next(report, stage)
        self._show_signs(report)

    def _show_signs(self, report: Report) -> None:
        """What of the checklist is done."""
        left = session.left_to_do(self.controller.document)
        for title, is_done in (
            (CHECK, not (left.is_draft or left.warnings)),
            (PAPERS, signing.sign_off_of(report).sent_on is not None),
            (HANDS, not signing.unsigned(report)),
            (FINAL, report.is_frozen),
        ):
            self._signs[title].show_stage(ShownStage.DONE if is_done else ShownStage.EMPTY)

    def _show_path(self, stage: Stage) -> None:
        order = list(Stage)
        for one, label in self.stages.items():
            is_now, is_past = one is stage, order.index(one) < order.index(stage)
            label.setFont(theme.font(theme.POINT_SIZE, bold=is_now))
            ground = shade("@accent_soft") if is_now else "transparent"
            ink = theme.ACCENT_DEEP if is_now else theme.DONE if is_past else theme.FAINT
            label.setText(f"✓ {one.value}" if is_past else one.value)
            label.setStyleSheet(f"background: {ground}; color: {ink.name()}; border-radius: 6px;")
            label.setAccessibleName(f"{one.value}：{'现在' if is_now else '已过' if is_past else '还没有到'}")

    def _show_check(self) -> None:
        checked = Checked.of(self.controller.document)
        self.check_words.setText(checked.conclusion)
        self.check_button.setVisible(bool(self.controller.document.findings))

    def _show_papers(self, report: Report) -> None:
        rules = signing.rules()
        choices = list(dict.fromkeys([*rules.publicity, signing.publicity_of(report)]))
        if [self.publicity.itemText(n) for n in range(self.publicity.count())] != choices:
            self.publicity.clear()
            self.publicity.addItems(choices)
        self.publicity.setCurrentText(signing.publicity_of(report))
        self.publicity.setEnabled(not self.is_read_only)
        on = signing.sign_off_of(report).sent_on
        sent = f"{date_text(on)}送审。" if on else ""
        papers = "送签单、送审稿、核对表、变动对照表、花脸稿" + ("、定稿证明" if report.is_frozen else "")
        words = f"{papers}，可以一次打印。"
        self.print_button.setToolTip(words)
        self.papers_words.setText(sent if theme.is_compact() else sent + words)

    def _show_hands(self, report: Report) -> None:
        changed = {hand.step for hand in signing.signed_before_changes(report)}
        words = "领导在送签单上签字以后，在这里登记姓名和日期。"
        if changed:
            names = "、".join(signing.names_of(hand for hand in self._hands if hand in changed))
            words = f"{names}以后，报告又改过；定稿时会再问一次，也可以重新送签。"
        told = [one for one in (signing.alone(report), signing.disorder(report)) if one]
        if told:
            words = "".join([words if changed else "", *(f"{one}。" for one in told)])
        self.hands_words.setText(words)
        widgets.set_colour(self.hands_words, theme.WARNING if changed or told else theme.FAINT)
        self._show_steps(report)

    def _show_steps(self, report: Report) -> None:
        steps = signing.rules().steps
        if [step.key for step in steps] != list(self._hands):
            self._add_steps()
        for step in steps:
            if step.key in self._hands:
                self._show_step(step, signing.hand_of(report, step.key))

    def _show_step(self, step: Step, hand: Hand | None) -> None:
        """Who signed, or what is asked for; both can be changed until 定稿."""
        label, record, drop = self._hands[step.key]
        label.setText(f"{hand.name}　{date_text(hand.signed_on)}" if hand else step.hint)
        widgets.set_colour(label, theme.INK if hand else theme.FAINT)
        record.setText("更改…" if hand else "登记…")
        record.setEnabled(not self.is_read_only)
        drop.setVisible(hand is not None and not self.is_read_only)

    def _show_final(self, report: Report) -> None:
        one = signing.sign_off_of(report)
        doubts = signing.doubts(report)
        if doubts:
            words = f"{doubts[0]}。"
        elif one.frozen:
            words = f"{date_text(one.frozen.frozen_on)}定为第{one.version}版，内容不能再改。"
        else:
            words = f"现在是第{one.version}版，还没有定稿。"
        if report.finals:
            words += f"以前的{len(report.finals)}版定稿都留在文件里。"
        self.final_words.setText(words)
        widgets.set_colour(
            self.final_words, theme.ERROR if doubts else theme.DONE if one.frozen else theme.INK
        )
        self.digits.setText(f"内容指纹：{grouped(fingerprint(report))}")
        self.verify_button.setVisible(report.is_frozen or bool(report.finals))

    def _show_next(self, report: Report, stage: Stage) -> None:
        """The one obvious next step at the foot of the page."""
        left = session.left_to_do(self.controller.document).is_draft
        missing = signing.unsigned(report)
        if stage is Stage.FROZEN:
            words, self._next = "做成上报包…", ("pack", None)
        elif left:
            words, self._next = "去改正问题", ("review", None)
        elif stage is Stage.DRAFT:
            words, self._next = "送审：打印送审材料…", ("send", None)
        elif missing:
            words, self._next = f"登记{missing[0].name}…", ("sign", missing[0])
        else:
            words, self._next = "定稿", ("freeze", None)
        self.next_button.setText(words)
        self.next_button.setAccessibleName(words)
        self.pack_button.setVisible(stage is not Stage.FROZEN)

    def set_neighbours(self, before: Place | None, after: Place | None) -> None:
        self.set_back(before)

    def first_focus(self) -> QWidget:
        return self.next_button

    # -- steps ---------------------------------------------------------------------------------------------------------

    def take_step(self) -> None:
        key, what = self._next
        if key == "review":
            self.go.emit(REVIEW)
        elif key == "send":
            if self.print_papers():
                self.sign_off_actions.send()
        elif key == "sign" and isinstance(what, Step):
            self.sign_off_actions.sign(what)
        elif key == "freeze":
            self.sign_off_actions.freeze(lambda: self.command.emit("save"))
        elif key == "pack":
            self.sign_off_actions.pack()

    def print_papers(self) -> bool:
        """What the leaders get is ticked already. Whether anything was printed."""
        from ui.printing.print_dialog import print_report

        return print_report(self.controller, self.window(), is_for_signing=True)

    def _on_publicity(self, index: int) -> None:
        self.sign_off_actions.choose_publicity(self.publicity.itemText(index))


def _quiet(text: str) -> QLabel:
    made = QLabel(text)
    widgets.set_colour(made, theme.FAINT)
    return made
