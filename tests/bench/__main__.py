"""`python -m tests.bench`: prints the table of README.md."""

import os
import sys
import tempfile
from datetime import UTC, datetime

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["NIANBAO_HOME"] = tempfile.mkdtemp(prefix="nianbao-bench-")


def main() -> int:
    from tests.bench import converters, documents, headless, readers, window
    from tests.bench.measure import machine

    print("| 项目 | 实测 | 目标 | 方法 |")
    print("| --- | --- | --- | --- |")
    for part in (headless, readers, converters, documents, window):
        for row in part.rows():
            print(row, flush=True)
    print(f"\n{datetime.now(UTC):%Y-%m-%d}，{machine()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
