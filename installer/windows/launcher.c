/* Starts the program with the Python beside it and hands over the arguments as they were typed.
   Window: without a console; what the program complains of before it ends is shown, nothing fails in silence.
   CONSOLE: waits, and ends with the same exit status. */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

#define LONG_PATH 32768
#define TOLD 4096
#define REFUSED 2 /* the program has said why, in its last line; before it Qt may have spoken to itself */

static wchar_t folder[LONG_PATH], line[2 * LONG_PATH];

/* The command line after the program's own name, which may stand in quotes. */
static const wchar_t *arguments(void)
{
    const wchar_t *rest = GetCommandLineW();
    BOOL quoted = FALSE;
    for (; *rest && (quoted || (*rest != L' ' && *rest != L'\t')); rest++)
        if (*rest == L'"')
            quoted = !quoted;
    while (*rest == L' ' || *rest == L'\t')
        rest++;
    return rest;
}

/* The C library would lose every Chinese character: a console takes them as they are, a file gets UTF-8. */
static int refuse(const wchar_t *words)
{
#ifdef CONSOLE
    static char bytes[TOLD];
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    DWORD mode, done;
    if (GetConsoleMode(out, &mode)) {
        WriteConsoleW(out, words, (DWORD)wcslen(words), &done, NULL);
        WriteConsoleW(out, L"\r\n", 2, &done, NULL);
    } else {
        int length = WideCharToMultiByte(CP_UTF8, 0, words, -1, bytes, TOLD - 1, NULL, NULL);
        if (length > 0) {
            bytes[length - 1] = '\n';
            WriteFile(out, bytes, (DWORD)length, &done, NULL);
        }
    }
#else
    MessageBoxW(NULL, words, L"年报助手", MB_ICONERROR);
#endif
    return 2;
}

#ifndef CONSOLE
static char told[TOLD + 1];
static DWORD length;

/* Keeps the last that is written to the pipe. */
static DWORD WINAPI hear_all(LPVOID pipe)
{
    char part[512];
    DWORD got;
    while (ReadFile((HANDLE)pipe, part, sizeof part, &got, NULL) && got) {
        if (length + got > TOLD) {
            DWORD over = length + got - TOLD;
            memmove(told, told + over, length - over);
            length -= over;
        }
        memcpy(told + length, part, got);
        length += got;
    }
    return 0;
}

static const char *last_line(void)
{
    while (length && (told[length - 1] == '\n' || told[length - 1] == '\r'))
        length--;
    told[length] = 0;
    const char *line = strrchr(told, '\n');
    return line ? line + 1 : told;
}
#endif

static int start(void)
{
    STARTUPINFOW how = {.cb = sizeof how};
    PROCESS_INFORMATION child;
    DWORD status = 2;
    DWORD size = GetModuleFileNameW(NULL, folder, LONG_PATH);
    wchar_t *last = wcsrchr(folder, L'\\');
    if (!size || size == LONG_PATH || !last)
        return refuse(L"程序文件不完整，请重新安装。");
    *last = 0;
#ifdef CONSOLE
    swprintf(line, 2 * LONG_PATH, L"\"%ls\\python\\python.exe\" -X utf8 -m app %ls", folder, arguments());
    SetConsoleCtrlHandler(NULL, FALSE);
    if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &how, &child))
        return refuse(L"程序文件不完整，请重新安装。");
    SetConsoleCtrlHandler(NULL, TRUE);
    WaitForSingleObject(child.hProcess, INFINITE);
    GetExitCodeProcess(child.hProcess, &status);
#else
    SECURITY_ATTRIBUTES inherited = {.nLength = sizeof inherited, .bInheritHandle = TRUE};
    HANDLE hear, speak, ear;
    swprintf(line, 2 * LONG_PATH, L"\"%ls\\python\\pythonw.exe\" -X utf8 -m app %ls", folder, arguments());
    if (!CreatePipe(&hear, &speak, &inherited, 0))
        return refuse(L"系统资源不足，年报助手没有启动。");
    SetHandleInformation(hear, HANDLE_FLAG_INHERIT, 0);
    how.dwFlags = STARTF_USESTDHANDLES;
    how.hStdInput = CreateFileW(L"NUL", GENERIC_READ, 3, &inherited, OPEN_EXISTING, 0, NULL);
    how.hStdOutput = CreateFileW(L"NUL", GENERIC_WRITE, 3, &inherited, OPEN_EXISTING, 0, NULL);
    how.hStdError = speak;
    if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &how, &child))
        return refuse(L"程序文件不完整，请重新安装。");
    CloseHandle(speak);
    ear = CreateThread(NULL, 0, hear_all, hear, 0, NULL);
    AllowSetForegroundWindow(child.dwProcessId);
    WaitForSingleObject(child.hProcess, INFINITE);
    GetExitCodeProcess(child.hProcess, &status);
    WaitForSingleObject(ear, 1000);
    if (status == REFUSED && length) {
        static wchar_t words[TOLD + 1];
        MultiByteToWideChar(CP_UTF8, 0, last_line(), -1, words, TOLD);
        refuse(words);
    } else if (status)
        refuse(L"年报助手意外结束。没有保存的内容下次打开时可以恢复。");
#endif
    return (int)status;
}

#ifdef CONSOLE
int wmain(void)
{
    return start();
}
#else
int WINAPI wWinMain(HINSTANCE self, HINSTANCE none, PWSTR words, int show)
{
    (void)self, (void)none, (void)words, (void)show;
    return start();
}
#endif
