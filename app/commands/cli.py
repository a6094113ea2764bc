"""`nianbao`: the window, or the whole program without one. Nothing heavy is imported before it is needed."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from app import paths
from app.commands import arguments, bugs, parallel_import, speaking, stopping
from app.commands.arguments import mistake
from app.commands.saving import require_gknb, save
from app.commands.speaking import say, say_all, say_json, say_pieces, tell
from app.errors import REINSTALL, UserError
from app.storage.windows_names import exists

FINE, ERRORS_FOUND, REFUSED = 0, 1, 2
STANDARD_INPUT = "-"


def main(words: Sequence[str] | None = None) -> int:
    """Run one call; returns the exit status. Never a traceback: a bug is logged and told in one sentence."""
    if words is None:
        words = sys.argv[1:]
        speaking.silence_warnings()
        stopping.listen()
    speaking.begin()
    status = _answered(list(words))
    speaking.tell_what_was_lost()
    return status


def _answered(words: list[str]) -> int:
    try:
        return _run(words)
    except UserError as error:
        tell(str(error))
    except KeyboardInterrupt as end:
        tell(_stopped(end))
        return end.status if isinstance(end, stopping.Stopped) else stopping.CTRL_C
    except BrokenPipeError:  # whoever was reading has gone: nothing more to say
        pass
    except SystemExit as end:  # --help
        return end.code if isinstance(end.code, int) else FINE
    except Exception as error:
        tell(bugs.logged(error))
    return REFUSED


def _stopped(end: KeyboardInterrupt) -> str:
    """What is there already, and what need not be done again."""
    done = bugs.written()
    begun = f"已停止，停止以前已写好{done}。" if done else "已停止。"
    return "".join([begun, *getattr(end, "__notes__", ())])


def _run(words: list[str]) -> int:
    first = words[0] if words else ""
    if first in ("-h", "--help"):
        say(arguments.OVERVIEW)
        return FINE
    if first == "--version":
        say(arguments.VERSION)
        return FINE
    if first == "--selftest":
        return _selftest(words[1:])
    if first == "--preview-worker":
        from app.printing import preview_worker  # brings the typesetter with it

        return preview_worker.serve()
    if first == "--rollup-worker":
        from app.county import processes

        return processes.serve()
    _require_whole()
    if first in _COMMANDS:
        return _COMMANDS[first](arguments.parse(first, words[1:]))
    if first.startswith("-") and first != STANDARD_INPUT:
        raise mistake(f"不认识“{first}”")
    if len(words) > 1:
        raise mistake(f"没有“{first}”这个命令" if not exists(Path(first)) else "窗口一次只打开一个文件")
    if first == STANDARD_INPUT:
        raise mistake("窗口不能从标准输入读文件")
    from app.commands import opening

    return opening.open_window(first)


def _selftest(rest: list[str]) -> int:
    from app.commands import opening, selftest

    if rest:
        raise mistake("--selftest 后面不能写内容")
    say_all(selftest.lines(opening.libraries))
    return FINE


def _require_whole() -> None:
    """What was installed without its folders must not blame the clerk's file for it."""
    missing = [folder.name for folder in (paths.templates(), paths.resources()) if not folder.is_dir()]
    if missing:
        raise UserError(f"程序安装不完整：“{paths.root()}”里缺少 {'、'.join(missing)} 文件夹", REINSTALL)


# -- the commands ----------------------------------------------------------------------------------------------------------


def _import(chosen: Namespace) -> int:
    names = _expanded(chosen.files)
    if chosen.out is not None:
        if len(names) > 1:
            raise mistake("-o 一次只能存一个文件", "import")
        require_gknb(chosen.out, "import")
    if chosen.json and parallel_import.pays(len(names)) and STANDARD_INPUT not in names:
        ahead = parallel_import.read_ahead(names)
        return _each(names, lambda _name: _say_read(next(ahead)), "导入", as_json=True)

    return _each(chosen.files, partial(_import_one, chosen), "导入", chosen.json)


def _import_one(chosen: Namespace, name: str) -> int:
    from app.commands import output
    from app.session.any_report import FilledForm

    try:
        read = _read(name)
    except FilledForm:
        if chosen.out is not None or name == STANDARD_INPUT:
            raise
        return _say_form(name, chosen.json)
    found = read.imported
    if chosen.out is not None:
        _save_read(read, chosen.out)
    if chosen.json:
        say_json(output.import_json(found, name) if found else output.gknb_json(read.report, name))
    else:
        say_all(output.import_words(found, name) if found else output.gknb_words(read.report, name))
    return FINE


def _say_form(name: str, as_json: bool) -> int:
    """A 收数表 among the files: what it would put in."""
    from app.commands import collecting

    found, report = collecting.answer(name)
    if as_json:
        say_json({"file": name, **collecting.collected_json(found, report, ())})
        return FINE
    say(f"{name}：收回的收数表，不是一份报告。要填入报告，用 nianbao collect {name} --into 报告 -o 新报告。")
    say_all(collecting.collected_words(found, report))
    return FINE


def _save_read(read: Any, out: str) -> None:
    """What was read as a report of ours; how many cells are doubtful is told."""
    from app.session import session

    save(session.document_of(read), out)
    if read.imported and read.imported.unsure:
        doubtful = len(read.imported.unsure)
        tell(f"注意：有{doubtful}格存疑，在“{out}”里留作空白，请对照原文填写。")


def _say_read(answer: "dict[str, Any] | UserError") -> int:
    if isinstance(answer, UserError):
        raise answer
    say_json(answer)
    return FINE


def _check(chosen: Namespace) -> int:
    if chosen.list is not (not chosen.files):
        raise mistake("缺少文件：要写核对哪个文件，或者只写 --list 列出全部规则", "check")
    if chosen.list:
        from app.commands import output

        say_json(output.rules_json()) if chosen.json else say_all(output.rules_words())
        return FINE
    prior = _read(chosen.prior).as_last_year if chosen.prior is not None else None
    if chosen.outs and len(_expanded(chosen.files)) > 1:
        raise mistake("-o 一次只能写一个文件的核对表", "check")

    names = _expanded(chosen.files)
    if chosen.json and parallel_import.pays(len(names)) and STANDARD_INPUT not in names:
        ahead = parallel_import.check_ahead(names, prior, _pack(chosen.pack))
        status = _each(names, lambda _name: _say_checked(next(ahead)), "核对", as_json=True)
    else:
        status = _each(names, partial(_check_one, chosen, prior), "核对", chosen.json)
    from app.commands.output import complaints

    for sentence in complaints():
        tell(sentence)
    return status


def _say_checked(answer: dict[str, Any] | UserError) -> int:
    """What another process found."""
    if isinstance(answer, UserError):
        raise answer
    say_json(answer)
    return ERRORS_FOUND if answer["counts"]["error"] else FINE


def _check_one(chosen: Namespace, prior: Any, name: str) -> int:
    from app.checks.explanations import settle
    from app.commands import output
    from app.form.model import Severity
    from app.session.any_report import findings_of

    read = _read(name)
    pack = _pack(chosen.pack)
    settled = settle(findings_of(read, prior, pack), read.report.explanations)
    if chosen.outs:
        _write_check_sheet(chosen.outs, read.printed, settled, prior.report if prior else read.prior, pack)
    if chosen.json:
        say_json(output.check_json(read.printed, settled, name, pack))
    else:
        say_all(output.check_words(read.printed, settled, name, pack))
    if read.doubtful:
        tell(
            f"注意：“{name}”有{read.doubtful}格存疑，按推定的数核对；请先对照原文核实（nianbao import 逐格列出）。"
        )
    return ERRORS_FOUND if any(one.severity is Severity.ERROR for one in settled.open) else FINE


def _pack(named: str | None) -> str:
    """The rule pack to check by, by its file's name: the one named in the call, else the one of the settings."""
    from app.checks.packs import DEFAULT, packs
    from app.storage import settings

    if named is None:
        return settings.load().checks.pack
    known = packs()
    found = next((one for one in known if named in (one.key, one.name)), None)
    if found is None:
        choices = "、".join(f"{one.key}（{one.name}）" for one in known)
        raise UserError(f"没有规则包“{named}”", f"可以用的有：{choices}")
    return "" if found.key == DEFAULT else found.key


def _write_check_sheet(names: list[str], report: Any, settled: Any, prior: Any, pack: str) -> None:
    from datetime import date

    from app.signoff.check_sheet import Checked, write

    checked = Checked(report, settled, prior, pack)
    for path in write(checked, [Path(name) for name in names], date.today()):  # noqa: DTZ011 - the clerk's clock
        tell(f"核对表已写到“{path}”。")


def _new(chosen: Namespace) -> int:
    from app.report.left_behind import left_behind
    from app.session import session

    require_gknb(chosen.out, "new")
    if chosen.agency is not None:
        document = session.new_blank(chosen.agency, chosen.year)
    else:
        read = _read(chosen.prior)
        document = session.new_from(read.certain, chosen.year)
        if read.report.year != chosen.year - 1:
            tell(
                f"注意：“{chosen.prior}”是{read.report.year}年的报告，不是{chosen.year - 1}年的，结转数没有带过来。"
            )
        if read.imported and (read.imported.unsure or read.imported.missing):
            doubtful, missing = len(read.imported.unsure), len(read.imported.missing)
            tell(f"注意：上年的报告有{doubtful}格存疑（已留作空白）、{missing}格没有找到，请对照原文核实。")
        if read.report.year == chosen.year - 1 and (lost := left_behind(read.certain, document.form)):
            tell(f"注意：{lost}。")
    save(document, chosen.out)
    form, report = document.form, document.report
    say(
        f"{report.agency.name or '未写明单位'}{report.year}年年度报告：共{len(form.inputs)}格，已带入{report.filled(form)}格。"
    )
    if report.pending:
        say(f"沿用的文字里有{len(report.pending)}处年份和数字待更新。")
    return FINE


def _export(chosen: Namespace) -> int:
    from app.commands import signing
    from app.session import session

    certificate = signing.certificate_of(chosen)
    document = session.document_of(_read(chosen.file))
    style = Path(chosen.style) if chosen.style is not None else None
    try:
        targets = [Path(name) for name in chosen.outs]
        written = session.export(
            *(document, targets, chosen.force, style, chosen.accessible),
            sign_field=chosen.sign_field,
            certificate=certificate,
        )
    except session.NotReady as error:
        raise UserError(error.what, "请填好、改正后再导出；要先导出草稿，请加 --force") from None
    for path in written:
        say(str(path))
    if certificate is not None:
        tell(f"PDF 已用“{certificate.holder}”的证书签名。")
    if words := session.unprintable_words(document):
        tell(f"注意：{words}")
    return FINE


def _fonts(_chosen: Namespace) -> int:
    from app.printing.page_looks import fonts_words
    from app.typesetting.fonts import Faces

    say_all(fonts_words(Faces.of_this_computer().report()))
    return FINE


def _office(name: str) -> Callable[[Namespace], int]:
    """The commands of sign-off and of the county."""

    def run(chosen: Namespace) -> int:
        from app.commands.office import RUN, Voice

        return RUN[name](chosen, Voice(say, say_json, tell, say_pieces))

    return run


def _collect(chosen: Namespace) -> int:
    from app.commands import collecting

    if chosen.form is not None:
        return collecting.make(chosen)
    chosen.files = _expanded(chosen.files)
    return collecting.collect(chosen)


_COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "import": _import,
    "check": _check,
    "new": _new,
    "export": _export,
    "fonts": _fonts,
    "collect": _collect,
    **{name: _office(name) for name in ("compare", "verify", "pack", "rollup")},
}


# -- what they share -------------------------------------------------------------------------------------------------------


def _each(files: Iterable[str], one: Callable[[str], int], doing: str, as_json: bool) -> int:
    """Every file in order; an unreadable one is told and does not stop the others."""
    names = _expanded(files)
    if names.count(STANDARD_INPUT) > 1:
        raise mistake("标准输入（-）只能读一次")
    status = FINE
    for number, name in enumerate(names, 1):
        if len(names) > 1:
            tell(f"正在{doing} {number}/{len(names)}：{name}")
        try:
            status = max(status, one(name))
        except BrokenPipeError:
            raise
        except Exception as error:
            _refuse(name, error, len(names) > 1, as_json)
            status = REFUSED
    return status


def _refuse(name: str, error: Exception, is_one_of_many: bool, as_json: bool) -> None:
    """Tell why a file cannot be used; a bug is logged."""
    sentence = str(error) if isinstance(error, UserError) else bugs.logged(error)
    if as_json:
        say_json({"file": name, "error": sentence})
    tell(f"{name}：{sentence}" if is_one_of_many else sentence)


def _expanded(names: Iterable[str]) -> list[str]:
    """`*.docx` as typed where the shell leaves it alone (Windows)."""
    found: list[str] = []
    for name in names:
        if any(sign in name for sign in "*?") and not exists(Path(name)):
            place = Path(name)
            found.extend(sorted(map(str, place.parent.glob(place.name))) or [name])
        else:
            found.append(name)
    return found


def _read(name: str) -> Any:
    """A report of any supported type, or text from standard input, as AnyReport."""
    from app.session.any_report import read_any, read_any_bytes
    from app.storage.files import read_stream

    if name != STANDARD_INPUT:
        return read_any(Path(name))
    data = read_stream(sys.stdin.buffer, "标准输入") if sys.stdin else b""
    if not data.strip():
        raise UserError("标准输入是空的", "请把年报的文本送进来，或写出文件名")
    return read_any_bytes(data, "标准输入")
