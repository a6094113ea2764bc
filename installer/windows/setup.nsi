; The set-up for one user, without administrator's rights. build.py defines FILES, OUT, VERSION, NUMBERS, ICON, LONGEST.
Unicode true
ManifestDPIAware true
SetCompressor /SOLID lzma
SetCompressorDictSize 128
!include MUI2.nsh
!include FileFunc.nsh
!include "${FILES}" ; PlaceFiles, RemoveFiles: one line for every file of the payload, so that nothing else is ever deleted

!define PRODUCT "年报助手"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Nianbao"
!define CLASSES "Software\Classes"
!define REPORT "Nianbao.Report"
!define OLD "Nianbao.OldReport"
!define BUSY "年报助手正在运行。请先保存并关闭它，再试一次。"

Name "${PRODUCT}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${PRODUCT}"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
RequestExecutionLevel user
BrandingText "${PRODUCT} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "将安装年报助手 ${VERSION}。不需要管理员权限，也不需要联网。$\r$\n$\r$\n以前装过的会更新，设置和报告都保留。$\r$\n$\r$\n请先关闭正在运行的年报助手，再点“下一步”。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PRODUCT}.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开年报助手"
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE CheckFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 "ProductName" "政府信息公开年报助手"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "年报助手安装程序"
VIAddVersionKey /LANG=2052 "LegalCopyright" "木兰宽松许可证第2版"

!macro Refuse words
  MessageBox MB_OK|MB_ICONSTOP "${words}" /SD IDOK
  SetErrorLevel 2
  Quit
!macroend

; A program that runs cannot be opened to be written.
!macro RefuseWhileRunning
  IfFileExists "$INSTDIR\python\pythonw.exe" 0 +6
    ClearErrors
    FileOpen $0 "$INSTDIR\python\pythonw.exe" a
    IfErrors 0 +2
      Goto busy
    FileClose $0
  IfFileExists "$INSTDIR\python\python.exe" 0 free
    ClearErrors
    FileOpen $0 "$INSTDIR\python\python.exe" a
    IfErrors busy
    FileClose $0
    Goto free
  busy:
    !insertmacro Refuse "${BUSY}"
  free:
!macroend

!macro OldKind suffix
  WriteRegStr HKCU "${CLASSES}\${suffix}\OpenWithProgids" "${OLD}" ""
  WriteRegStr HKCU "${CLASSES}\Applications\${PRODUCT}.exe\SupportedTypes" "${suffix}" ""
!macroend

!macro ForgetOldKind suffix
  DeleteRegValue HKCU "${CLASSES}\${suffix}\OpenWithProgids" "${OLD}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${suffix}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${suffix}"
!macroend

!macro EveryOldKind do
  !insertmacro ${do} ".docx"
  !insertmacro ${do} ".doc"
  !insertmacro ${do} ".wps"
  !insertmacro ${do} ".pdf"
  !insertmacro ${do} ".ofd"
  !insertmacro ${do} ".rtf"
  !insertmacro ${do} ".xlsx"
  !insertmacro ${do} ".xls"
  !insertmacro ${do} ".et"
  !insertmacro ${do} ".html"
  !insertmacro ${do} ".htm"
  !insertmacro ${do} ".txt"
!macroend

; Windows opens files whose whole name has at most 259 characters.
Function CheckFolder
  StrLen $0 "$INSTDIR"
  IntOp $0 $0 + ${LONGEST}
  IntCmp $0 258 fits fits
    MessageBox MB_OK|MB_ICONSTOP "安装文件夹的名字太长，请换一个短一些的。" /SD IDOK
    SetErrorLevel 2
    Abort
  fits:
FunctionEnd

Function .onInit
  IfSilent 0 interactive
    Call CheckFolder
  interactive:
FunctionEnd

Section
  !insertmacro RefuseWhileRunning
  ; What an older version left is removed by its own list; settings and reports lie elsewhere.
  IfFileExists "$INSTDIR\uninstall.exe" 0 fresh
    ExecWait '"$INSTDIR\uninstall.exe" /S /UPDATE _?=$INSTDIR' $0
  fresh:
  SetOutPath "$INSTDIR"
  ClearErrors
  !insertmacro PlaceFiles
  IfErrors 0 written
    !insertmacro Refuse "有文件没有写进“$INSTDIR”，安装没有完成。请腾出磁盘空间，或关闭占用它的程序（如杀毒软件），再试一次。"
  written:
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\${PRODUCT}.exe"
  CreateShortCut "$DESKTOP\${PRODUCT}.lnk" "$INSTDIR\${PRODUCT}.exe"

  WriteRegStr HKCU "${CLASSES}\.gknb" "" "${REPORT}"
  WriteRegStr HKCU "${CLASSES}\${REPORT}" "" "政府信息公开年报"
  WriteRegStr HKCU "${CLASSES}\${REPORT}\DefaultIcon" "" "$INSTDIR\${PRODUCT}.exe,0"
  WriteRegStr HKCU "${CLASSES}\${REPORT}\shell\open\command" "" '"$INSTDIR\${PRODUCT}.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\${OLD}" "" "旧年报"
  WriteRegStr HKCU "${CLASSES}\${OLD}\DefaultIcon" "" "$INSTDIR\${PRODUCT}.exe,0"
  WriteRegStr HKCU "${CLASSES}\${OLD}\shell\open" "" "用年报助手导入"
  WriteRegStr HKCU "${CLASSES}\${OLD}\shell\open\command" "" '"$INSTDIR\${PRODUCT}.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\Applications\${PRODUCT}.exe" "FriendlyAppName" "${PRODUCT}"
  WriteRegStr HKCU "${CLASSES}\Applications\${PRODUCT}.exe\shell\open\command" "" '"$INSTDIR\${PRODUCT}.exe" "%1"'
  !insertmacro EveryOldKind OldKind

  WriteRegStr HKCU "${KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\${PRODUCT}.exe"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
  ${RefreshShellIcons}
SectionEnd

Section Uninstall
  !insertmacro RefuseWhileRunning
  !insertmacro RemoveFiles
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/UPDATE" $1
  IfErrors 0 done ; a newer version comes in its place: shortcuts stay where the clerk has moved them
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  Delete "$DESKTOP\${PRODUCT}.lnk"
  DeleteRegKey HKCU "${CLASSES}\${REPORT}"
  DeleteRegKey HKCU "${CLASSES}\${OLD}"
  DeleteRegKey HKCU "${CLASSES}\Applications\${PRODUCT}.exe"
  ReadRegStr $0 HKCU "${CLASSES}\.gknb" ""
  StrCmp $0 "${REPORT}" 0 +2
    DeleteRegKey HKCU "${CLASSES}\.gknb"
  !insertmacro EveryOldKind ForgetOldKind
  DeleteRegKey HKCU "${KEY}"
  ${RefreshShellIcons}
  done:
SectionEnd
