"""`python -m app` is `nianbao`."""

import sys

from app.commands.cli import main

if __name__ == "__main__":
    sys.exit(main())
