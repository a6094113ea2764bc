"""Pillow waits for the first picture, and is the very one then."""

import subprocess
import sys

_TRIAL = """
import sys
from app.report.model import Agency, Report
from app.printing.preview_worker import make
report = Report("2021", 2021, Agency("某镇人民政府"))
assert make(report, True).pdf.startswith(b"%PDF")
print(any(name.startswith("PIL.") and name != "PIL.Image" and name != "PIL._version" for name in sys.modules))
from io import BytesIO
from PIL import Image
out = BytesIO()
Image.new("RGB", (80, 60), "red").save(out, "PNG")
from app.typesetting.pictures import prepare
made = prepare(out.getvalue(), 400, 400)
print(made.width, made.height)
from reportlab.lib.utils import ImageReader
print(ImageReader(BytesIO(made.data)).getSize())
"""


def test_pages_without_a_picture_load_no_pillow_and_one_with_does():
    done = subprocess.run([sys.executable, "-c", _TRIAL], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:3] == ["False", "60.0 45.0", "(80, 60)"]
