"""A picture that comes by the clipboard or is dropped: a screenshot, or a picture file from the file manager."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

_SUFFIXES = (".png", ".jpg", ".jpeg")


def picture_in(mime: QMimeData) -> Path | bytes | None:
    """The file of a picture, or a screenshot as .png; None when there is neither. Text goes before its picture: Excel lays both there."""
    if mime.hasUrls():
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in _SUFFIXES else None
    if mime.hasText() or not mime.hasImage():
        return None
    image = mime.imageData()
    if not isinstance(image, QImage) or image.isNull():
        return None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())
