"""Makes zip files, workbooks and bombs, the same bytes every time. Workbooks are made of bare parts, so that each fault can be put in."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter

_NS = "http://schemas.openxmlformats.org"
_TYPES = f"""<?xml version="1.0"?><Types xmlns="{_NS}/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"""
_WORKBOOK = f"""<workbook xmlns="{_NS}/spreadsheetml/2006/main" xmlns:r="{_NS}/officeDocument/2006/relationships">%s\
<sheets><sheet name="Asiakkaat" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_ROOT = f"""<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="rId1" \
Type="{_NS}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
_RELATIONS = f"""<Relationships xmlns="{_NS}/package/2006/relationships">\
<Relationship Id="rId1" Type="{_NS}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>\
<Relationship Id="rId2" Type="{_NS}/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>\
<Relationship Id="rId3" Type="{_NS}/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"""
_STYLES = f"""<styleSheet xmlns="{_NS}/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"""


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """Pack parts under their names, on a fixed day."""
    box = io.BytesIO()
    with ZipFile(box, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, ZIP_DEFLATED)
    return box.getvalue()


def archive(**parts: Callable[[], bytes]) -> Callable[[], bytes]:
    """Give a zip of files; a double underscore in a name is its dot."""
    return lambda: packed({name.replace("__", "."): make() for name, make in parts.items()})


def xlsx(cells: str, extra: Mapping[str, str] | None = None, properties: str = "") -> Callable[[], bytes]:
    """Give a workbook whose one sheet has the given XML inside its `sheetData`."""
    sheet = f'<worksheet xmlns="{_NS}/spreadsheetml/2006/main"><sheetData>{cells}</sheetData>%s</worksheet>'
    parts = {
        "[Content_Types].xml": _TYPES, "_rels/.rels": _ROOT, "xl/workbook.xml": _WORKBOOK % properties, "xl/_rels/workbook.xml.rels": _RELATIONS, "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": sheet % (extra or {}).get("after", ""),
    }  # fmt: skip
    return lambda: packed({**parts, **{name: content for name, content in (extra or {}).items() if name != "after"}})


def written(write: Callable[[xlsxwriter.Workbook], None]) -> Callable[[], bytes]:
    """Give a workbook as a spreadsheet program writes it."""

    def make() -> bytes:
        box = io.BytesIO()
        workbook = xlsxwriter.Workbook(box, {"in_memory": True})
        workbook.set_properties({"created": datetime(2026, 1, 1)})
        write(workbook)
        workbook.close()
        return box.getvalue()

    return make


_ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" \
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">\
<office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>\
</office:automatic-styles><office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>"""
_MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">\
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""


def ods(tables: str) -> Callable[[], bytes]:
    """Give an OpenDocument sheet with the given tables."""
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return lambda: packed({"mimetype": mimetype, "content.xml": _ODS % tables, "META-INF/manifest.xml": _MANIFEST})


def ods_cell(value: str = "", kind: str = "string", attributes: str = "") -> str:
    """Write a cell of an OpenDocument sheet."""
    given = {"float": f'office:value="{value}"', "date": f'office:date-value="{value}"', "boolean": f'office:boolean-value="{value}"'}.get(kind, "")
    return f'<table:table-cell office:value-type="{kind}" {given} {attributes}><text:p>{value}</text:p></table:table-cell>'
