"""Where the tests and the project lie, whatever folder a test stands in."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent
PROJECT = TESTS.parent
