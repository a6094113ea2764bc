"""What is said at the foot goes with its matter: the next change, another page, autosaving that works again."""


def test_what_was_opened_is_said_on_the_first_page_and_not_on_the_next(office, draft):
    clerk = office(draft())
    assert clerk.status.startswith("已打开：")
    assert clerk.page.foot_note.text() == clerk.status
    clerk.go("problems")
    assert clerk.status == ""
    assert "已打开" not in clerk.page.foot_note.text()


def test_what_was_done_is_not_said_of_another_state_of_the_report(office, draft):
    clerk = office(draft())
    clerk.go("problems")
    clerk.controller.message.emit("已修复：改为3件，可以撤销")
    clerk.document.set_narrative("problems", "别的话。")
    assert clerk.status == ""
    assert "可以撤销" not in clerk.page.foot_note.text()
    clerk.controller.undo()
    assert clerk.status.startswith("已撤销：修改文字，")
    clerk.controller.redo()
    assert clerk.status.startswith("已重做：修改文字，")


def test_a_place_that_was_shown_on_another_page_is_told_there(office, draft):
    clerk = office(draft())
    clerk.go("sign_off")
    clerk.window.navigation.step_finding(1)
    assert clerk.status.startswith("第1处，共")
    clerk.go("sign_off")
    assert clerk.status == ""


def test_saving_says_where_and_an_explanation_does_not_make_it_untrue(office, draft, tmp_path):
    clerk = office(draft())
    clerk.controller.save(tmp_path / "报告.gknb")
    assert clerk.status.startswith("已保存到")
    clerk.document.set_narrative("problems", "别的话。")
    assert clerk.status == ""


def test_autosaving_that_works_again_is_no_more_complained_of(office, draft):
    clerk = office(draft())
    clerk.controller.autosave_refused.emit("磁盘满了")
    assert clerk.status == "自动保存没有成功：磁盘满了"
    clerk.go("problems")
    assert clerk.status == "自动保存没有成功：磁盘满了"
    clerk.controller.autosaved.emit("9:00:00")
    assert clerk.status == ""
