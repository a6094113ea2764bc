"""A workbook as bytes, as Excel itself writes them."""

from io import BytesIO

from app.exporting.list_workbook import workbook_bytes


def test_fonts_of_a_workbook_are_written_in_the_order_of_the_schema():
    from zipfile import ZipFile

    made = workbook_bytes("清单", [("一", [("项目", 10)], [["甲"]])])
    styles = ZipFile(BytesIO(made)).read("xl/styles.xml").decode()
    fonts = styles[styles.index("<fonts") : styles.index("</fonts>")]
    assert all(one.index("<sz") < one.index("<name") for one in fonts.split("</font>")[:-1])
