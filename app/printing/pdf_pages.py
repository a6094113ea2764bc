"""A made PDF looked at page by page: how many, how large, as pictures. pdfium serves one thread at a time, so all ask here."""

import threading
from typing import Any

from app.errors import UserError

LOCK = threading.RLock()  # whoever calls pdfium holds it
A4 = (595.28, 841.89)  # points
_CLOSE = 3.0  # points that a page may differ from A4
POINTS = 72.0


class PdfPages:
    """An open PDF; `close` it."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        with LOCK:
            try:
                self._pdf: Any = pypdfium2.PdfDocument(data)
                self.sizes = [self._pdf.get_page_size(number) for number in range(len(self._pdf))]
            except pypdfium2.PdfiumError:
                raise UserError("排出的 PDF 读不出来", "请再试一次，或先导出 PDF 再打印") from None

    def __len__(self) -> int:
        return len(self.sizes)

    @property
    def is_a4(self) -> bool:
        return all(abs(w - A4[0]) < _CLOSE and abs(h - A4[1]) < _CLOSE for w, h in self.sizes)

    def picture(self, number: int, dpi: float, is_grey: bool = False) -> tuple[bytes, int, int, int]:
        """A page as (pixels, width, height, bytes a line): one byte a pixel when grey, else blue, green, red, unused."""
        with LOCK:
            bitmap = self._pdf[number].render(scale=dpi / POINTS, grayscale=is_grey, prefer_bgrx=not is_grey)
            return bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride

    def has_colour(self, number: int) -> bool:
        """Whether anything on a page is neither black, white nor grey."""
        data, _, _, _ = self.picture(number, 24)
        return data[0::4] != data[1::4] or data[1::4] != data[2::4]

    def close(self) -> None:
        with LOCK:
            self._pdf.close()
