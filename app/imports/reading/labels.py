"""What each finding of reading means and what helps against it, in the reader's language."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.imports.reading.codes import Tier


class Sentence(NamedTuple):
    """The reason and the cure."""

    reason: LazyString
    cure: LazyString


TIERS = {
    Tier.FILE: _l("Stops the file"), Tier.ROW: _l("Stops the row"), Tier.WARNING: _l("Warning"),
}  # fmt: skip
_SAVE_AGAIN = _l("Open the file in the program it came from and save it again, or ask the old system for a new export.")
_AS_XLSX = _l("Open the file in a spreadsheet program and save it as .xlsx or .ods.")
_SMALLER = _l("Divide the data into smaller files, or save them as CSV, which is read piece by piece.")
_CORRECT_OR_LEAVE = _l("Correct the cell in the source, or choose to leave the column out.")
_ENCODING = _l("Look at the preview. If letters such as å, ä and ö are wrong, choose another encoding.")
_CORRECT_ROW = _l("Correct the row in the source and bring the file again; the other rows can go on.")
_QUOTES = _l("Quotation marks inside a cell are written twice, and each cell that begins with one ends with one. Save the file again from a spreadsheet program.")
_ASK_ADMINISTRATOR = _l("Check the address and the query, and ask the administrator of the database for a right to read.")
_HEADER = _l("If another row names the columns, choose that row as the header row.")

SENTENCES: dict[str, Sentence] = {code: Sentence(reason, cure) for code, reason, cure in (
    # What stops the file.
    ("BAD_ENCODING", _l("The text is not in the encoding it seemed to be in."), _l("Choose another encoding, or save the file as UTF-8.")),
    ("BAD_JSON", _l("The file begins like JSON but breaks its rules."), _SAVE_AGAIN),
    ("DAMAGED", _l("The file is damaged or incomplete and cannot be opened."), _SAVE_AGAIN),
    ("DB_DRIVER", _l("This kind of database, or its driver, is not available here."), _l("Check the address, or ask the operator to install the driver.")),
    ("DB_QUERY", _l("The database did not carry out the query. Only reading is allowed."), _ASK_ADMINISTRATOR),
    ("DB_UNREACHABLE", _l("The database does not answer or does not let us in."), _ASK_ADMINISTRATOR),
    ("DUPLICATE_ENTRY", _l("Two files in the archive have the same name."), _l("Give each file a name of its own and pack them again.")),
    ("EMPTY_FILE", _l("The file is empty."), _l("Check that the export succeeded, and choose the file again.")),
    ("LONG_LINE", _l("A line of the file is too long to be a row of a table."), _l("Check that the file is a table and that its rows end with line breaks.")),
    ("NESTED_ARCHIVE", _l("There is an archive inside the archive."), _l("Unpack the inner archive and pack its files directly into one.")),
    ("NO_TABLE", _l("No table was found in the file."), _l("A JSON file holds a list of objects, an archive holds CSV, XLSX, ODS or JSON files.")),
    ("OLD_EXCEL", _l("The file is in a form of Excel that is not read here (.xls or .xlsb)."), _AS_XLSX),
    ("PASSWORD", _l("The file is protected with a password."), _l("Remove the password in the program it came from and save the file again.")),
    ("READER_STOPPED", _l("Reading the file failed: its content made the reader stop."), _SAVE_AGAIN),
    ("TOO_DEEP", _l("The file has more levels inside each other than a table can have."), _l("Export each kind of data as a list of its own.")),
    ("TOO_LARGE", _l("The file is larger than may be brought."), _SMALLER),
    ("TOO_LARGE_UNPACKED", _l("The unpacked content is larger than may be brought."), _SMALLER),
    ("TOO_MANY_CELLS", _l("The worksheet reaches further than can be read at once."),
     _l("Delete what stands far below or beside the table, or save the sheet as CSV.")),
    ("TOO_MANY_COLUMNS", _l("There are more columns than a table may have."), _l("Check the delimiter, and leave out columns that are not needed.")),
    ("TOO_MANY_ENTRIES", _l("There are too many files in the archive."), _l("Divide the files into several archives.")),
    ("TOO_MANY_ROWS", _l("There are more rows than may be brought at once."), _l("Divide the data into smaller files.")),
    ("TOO_MUCH_MEMORY", _l("Reading the file takes more memory than is allowed."), _SMALLER),
    ("TOO_SLOW", _l("Reading the file takes longer than is allowed."), _SMALLER),
    ("TRUNCATED", _l("The file ends in the middle."), _l("The export or the transfer was cut off. Export the data again.")),
    ("UNCLOSED_QUOTE", _l("A quotation mark that opens a cell is not closed, so the rows after it run together."), _QUOTES),
    ("UNKNOWN_CHOICE", _l("What was chosen is not there, or is not known here."), _l("Choose again, or let it be guessed.")),
    ("WRONG_FORMAT", _l("The file is not a table that can be read."), _l("Export the data as CSV, XLSX, ODS or JSON. Changing the name of the file is not enough.")),
    ("ZIP_BOMB", _l("A part of the file is packed so tightly that opening it is not safe."), _SAVE_AGAIN),
    # What stops the row.
    ("BAD_BYTES", _l("The cell holds characters that cannot be read in this encoding."), _ENCODING),
    ("BAD_JSON_LINE", _l("The line is not an object of JSON."), _CORRECT_ROW),
    ("BINARY_VALUE", _l("The cell holds a file or other content that is no text."), _l("Leave the column out of the query.")),
    ("DUPLICATE_KEY", _l("The same name stands twice in one object, with no way to tell which value is right."), _CORRECT_ROW),
    ("ERROR_CELL", _l("The cell holds an error of the spreadsheet, not a value."), _CORRECT_OR_LEAVE),
    ("EXTRA_CELLS", _l("The row has more cells than there are columns."), _l("A cell probably holds the delimiter without quotation marks around it. Correct the row.")),
    ("LONG_CELL", _l("The text in the cell is too long."), _CORRECT_OR_LEAVE),
    ("NESTED_LIST", _l("The cell holds a list of objects, which has no place in a row."),
     _l("Export the list as a table of its own with the identifier of this row, or leave the column out.")),
    ("NOT_AN_OBJECT", _l("The row is not an object with names and values."), _CORRECT_ROW),
    ("NO_FORMULA_VALUE", _l("The cell holds a formula whose result was not saved."), _l("Open the file in a spreadsheet program, let it calculate, and save it.")),
    ("NUL_CHARACTER", _l("The cell holds a character that no text may hold (NUL)."), _CORRECT_OR_LEAVE),
    ("NUMBER_TOO_LARGE", _l("The number is too large to be kept."), _CORRECT_OR_LEAVE),
    ("REPEATED_HEADER", _l("The row repeats the names of the columns."), _l("Delete the row if it is no data. Nothing else is needed.")),
    ("SHORT_ROW", _l("The row has fewer cells than there are columns."),
     _l("A cell probably holds a line break without quotation marks around it. If the old system leaves empty cells out, choose to fill short rows.")),
    ("STRAY_QUOTE", _l("There is a quotation mark where it cannot stand."), _QUOTES),
    # Warnings.
    ("CONTROL_CHARACTER", _l("The cell holds a control character that does not show."), _l("Check the text in the preview and correct it in the source if needed.")),
    ("DOUBLE_ENCODED", _l("The letters å, ä and ö seem to have been broken before the file was made."), _l("Correct the text in the source; another encoding does not mend it.")),
    ("DUPLICATE_HEADER", _l("Two columns have the same name."), _l("The later one got a number after its name. Check which of them you map.")),
    ("DUPLICATE_ROW", _l("The row is the same as an earlier row."), _l("Check whether the old system exported it twice.")),
    ("EMPTY_HEADER", _l("The column has no name."), _l("It is called by its letter. Give it a name, or leave it out.")),
    ("EMPTY_SHEET", _l("The sheet is empty."), _l("Nothing is read from it. Check that it should be empty.")),
    ("FORMULA_TEXT", _l("The text begins like a formula."), _l("It is kept as text and never calculated. Check that it is right.")),
    ("HEADER_LIKE_DATA", _l("The header row looks like data."), _l("Add a row that names the columns, or choose another header row.")),
    ("HEADER_NOT_FIRST", _l("The names of the columns do not stand on the first row."), _HEADER),
    ("HIDDEN_SHEET", _l("The sheet is hidden in the workbook but is read."), _l("Leave the sheet out if it should not be brought.")),
    ("LONG_NUMBER", _l("The number has more digits than a spreadsheet keeps, so its last digits may be wrong."), _l("Format the column as text in the source and export again.")),
    ("LOST_CHARACTER", _l("The text holds a replacement mark: a character was lost before the file was made."), _l("Correct the text in the source.")),
    ("MERGED_CELLS", _l("Cells are merged: only the first of them holds the value."), _l("Separate the cells and fill in each row.")),
    ("MERGED_HEADER", _l("Cells of the header are merged: the columns under them got the same name with a number."), _l("Check the columns, or give each a name of its own.")),
    ("MIXED_ENCODING", _l("The file holds text in two encodings."), _ENCODING),
    ("NO_ROWS", _l("There are names of columns but no rows."), _l("Check that the export succeeded.")),
    ("OLD_DATE", _l("The day is before March 1900, where spreadsheets count days wrongly."), _l("Check the day against the old system. It may be a mark for a missing day.")),
    ("ONE_COLUMN", _l("Only one column was found."), _l("If there should be several, choose the delimiter.")),
    ("SKIPPED_ENTRY", _l("A file in the archive is not a table and was left out."), _l("Nothing is needed if it holds no data to be brought.")),
    ("UNCERTAIN_ENCODING", _l("The encoding of the text is uncertain."), _ENCODING),
    ("WRONG_EXTENSION", _l("The name of the file does not fit its content. It was read by its content."), _l("Nothing is needed if the preview is right.")),
)}  # fmt: skip
