@echo off
rem What "make" does elsewhere:  installer\windows.bat run | test | demo | check | bench | screenshots | fonts | clean
rem Needs Python 3.11, 3.12 or 3.13 from python.org with its "py" launcher; everything else is set up by prepare.py.
setlocal
for %%v in (3.11 3.12 3.13) do (
    py -%%v -c "" >nul 2>nul && (
        py -%%v "%~dp0prepare.py" %*
        exit /b
    )
)
chcp 65001 >nul
echo 没有找到 Python 3.11、3.12 或 3.13。请先从 python.org 安装，再运行一次。
exit /b 2
