"""The main job without a window: last year's report in, this year's filled and checked, Word, PDF and HTML out (make demo)."""

import os
import subprocess
import sys
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from app.form.model import CellRef
from app.session import session

ROOT = Path(__file__).resolve().parent.parent
LAST_YEAR = ROOT / "tests" / "samples" / "001_zhangjiachan_2020.txt"
TYPED = ROOT / "installer" / "demo.toml"
OUT = ROOT / "out"


def main() -> int:
    OUT.mkdir(exist_ok=True)
    os.environ.setdefault("NIANBAO_HOME", str(OUT / "home"))  # its backups and log, not the user's
    report = OUT / "张家产镇2021年年报.gknb"
    documents = [OUT / f"张家产镇2021年年报{suffix}" for suffix in (".docx", ".pdf", ".html")]
    exports = [word for path in documents for word in ("-o", path)]

    say("一、核对去年的年报")
    nianbao("check", LAST_YEAR, may_find_errors=True)
    say("二、由去年的年报新建2021年的")
    nianbao("new", "--from", LAST_YEAR, "--year", "2021", "-o", report)
    say("三、填写今年的数字和文字")
    fill(report)
    say("四、核对")
    nianbao("check", report)
    say("五、导出")
    nianbao("export", report, *exports)
    for path in (report, *documents):
        say(f"    {shown(path)}    {path.stat().st_size / 1024:.0f} KB")
    return 0


def nianbao(*words: str | Path, may_find_errors: bool = False) -> None:
    """One call of the command line, shown as a person would type it; ends the demonstration when it fails."""
    call = [shown(word) if isinstance(word, Path) else word for word in words]
    say("    nianbao " + " ".join(call))
    status = subprocess.call([sys.executable, "-m", "app", *call], cwd=ROOT)
    if status != 0 and not (status == 1 and may_find_errors):
        say(f"演示在这一步停下（退出状态 {status}）。")
        sys.exit(status)


def fill(path: Path) -> None:
    """What the clerk does in the window: type the cells, let the totals follow, set the rest to 0, write the texts."""
    typed = tomllib.loads(TYPED.read_text(encoding="utf-8"))
    document = session.open_report(path)
    document.set_values({CellRef.parse(key): value for key, value in typed["cells"].items()}, "填写")
    document.fill_blanks(ref for ref in document.form.cells if ref not in document.form.totals)
    for section, text in typed["narratives"].items():
        document.set_narrative(section, text.strip())
    document.confirm(document.report.pending)
    document.set_processing_fee(Decimal(typed["processing_fee"]))
    document.set_signature(replace(document.report.signature, issued_on=typed["issued_on"]))
    session.save(document, remember=False)
    session.close(document)
    filled = len(document.report.values)
    say(f"    {len(document.form.cells)} 格已填 {filled} 格，其中合计由软件算出")


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
