@echo off
rem What "make" does elsewhere:  installer\windows.bat run | test | quick | demo | check | bench | screenshots | fonts | clean
rem Needs Python 3.11, 3.12 or 3.13; everything else is set up by prepare.py beside this file.
setlocal
for %%p in ("py -3.11" "py -3.12" "py -3.13" "python") do (
    %%~p -c "" >nul 2>nul
    if not errorlevel 1 (
        %%~p "%~dp0prepare.py" %*
        exit /b
    )
)
chcp 65001 >nul
echo 没有找到 Python。请先安装 Python 3.11、3.12 或 3.13（安装时勾选 py launcher），再运行一次。
exit /b 2
