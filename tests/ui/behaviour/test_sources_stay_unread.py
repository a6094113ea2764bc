"""Modules that are loaded after Qt leave no source lines in memory: PySide would look through each of them."""

import subprocess
import sys

_TRIAL = """
import linecache
import ui
import wave
print([name for name in linecache.cache if name.endswith("wave.py")])
"""


def test_a_module_loaded_after_the_window_leaves_no_lines():
    done = subprocess.run([sys.executable, "-c", _TRIAL], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
