"""What stands in a workbook (XLSX), with nothing but Python's standard library, as JSON.

    python3 read.py FILE

Cells are ["number", TEXT] as the digits stand in the file, ["text", TEXT], or null.
"""

import json
import re
import sys
import xml.etree.ElementTree as tree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def plain(text):
    """What `_x001B_` stands for (ISO/IEC 29500-1, 22.9.2.19)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def texts(element):
    return plain("".join(one.text or "" for one in element.iter(MAIN + "t")))


def column(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference)[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell(element, shared):
    value = element.find(MAIN + "v")
    kind = element.get("t", "n")
    if kind == "inlineStr":
        return ["text", texts(element)]
    if value is None:
        return None
    if kind == "s":
        return ["text", shared[int(value.text)]]
    if kind == "n":
        return ["number", value.text]
    raise SystemExit(f"a cell of another kind: {kind}")


def sheet(root, shared):
    rows = []
    for row in root.iter(MAIN + "row"):
        # Rows and cells that hold nothing are left out of the file.
        rows += [[] for _ in range(int(row.get("r")) - 1 - len(rows))]
        cells = []
        for one in row.findall(MAIN + "c"):
            at = column(one.get("r"))
            cells += [None] * (at - len(cells)) + [cell(one, shared)]
        rows.append(cells)
    pane = root.find(f".//{MAIN}pane")
    frozen = None if pane is None else [pane.get("ySplit"), pane.get("topLeftCell")]
    return {"rows": rows, "frozen": frozen}


with zipfile.ZipFile(sys.argv[1]) as book:
    names = book.namelist()
    assert len(set(names)) == len(names), names
    assert book.testzip() is None
    read = lambda name: tree.fromstring(book.read(name))
    shared = []
    if "xl/sharedStrings.xml" in names:
        shared = [texts(one) for one in read("xl/sharedStrings.xml").findall(MAIN + "si")]
    targets = {one.get("Id"): one.get("Target") for one in read("xl/_rels/workbook.xml.rels")}
    sheets, formulas, links = [], 0, 0
    for one in read("xl/workbook.xml").iter(MAIN + "sheet"):
        root = read("xl/" + targets[one.get(RELATION)])
        formulas += len(list(root.iter(MAIN + "f")))
        links += len(list(root.iter(MAIN + "hyperlink")))
        sheets.append({"name": one.get("name"), **sheet(root, shared)})
    core = {one.tag.split("}")[1]: one.text for one in read("docProps/core.xml")}
    custom = {}
    if "docProps/custom.xml" in names:
        custom = {one.get("name"): one[0].text for one in read("docProps/custom.xml")}
    json.dump(
        {
            "title": core.get("title"),
            "author": core.get("creator"),
            "created": core.get("created"),
            "language": custom.get("Language"),
            "sheets": sheets,
            "formulas": formulas,
            "links": links,
        },
        sys.stdout,
    )
