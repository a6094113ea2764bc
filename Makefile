# Every target is one call of installer/prepare.py, which sets up what is missing first. On Windows: installer\windows.bat run

PYTHON := $(shell for python in python3 python3.11 python3.12 python3.13; do \
	if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; \
	then echo $$python; break; fi; done)

.PHONY: run test quick check demo bench screenshots pictures docs fonts wheel deb portable windows test-windows packages setup clean

ifeq ($(PYTHON),)
prepare = @echo '没有找到 Python 3.11、3.12 或 3.13，请先安装：sudo apt install python3' >&2; exit 2
else
prepare = @$(PYTHON) installer/prepare.py $@
endif

run: ; $(prepare)
test: ; $(prepare)
quick: ; $(prepare)
check: ; $(prepare)
demo: ; $(prepare)
bench: ; $(prepare)
screenshots: ; $(prepare)
pictures: ; $(prepare)
docs: ; $(prepare)
fonts: ; $(prepare)
wheel: ; $(prepare)
deb: ; $(prepare)
portable: ; $(prepare)
packages: ; $(prepare)
windows: ; $(prepare)
test-windows: ; $(prepare)
setup: ; $(prepare)
clean: ; $(prepare)
