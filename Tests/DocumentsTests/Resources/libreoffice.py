"""Files as LibreOffice writes them: a report, a workbook and a show, from OpenDocument in a single XML file each.

Needs Debian's libreoffice-writer, libreoffice-calc, libreoffice-impress, fonts-dejavu-core and fonts-noto-cjk.
"""
import os
import shutil
import subprocess
import tempfile

PREFIXES = ["office", "text", "table", "style", "presentation", "drawing draw", "xsl-fo-compatible fo",
            "svg-compatible svg", "datastyle number"]
NAMESPACES = " ".join(
    f'xmlns:{prefix.split()[-1]}="urn:oasis:names:tc:opendocument:xmlns:{prefix.split()[0]}:1.0"' for prefix in PREFIXES
) + (' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
     ' xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"')


# Commas, double quotes, UTF-8.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76"


def document(kind, styles, masters, body):
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.3" '
            f'office:mimetype="application/vnd.oasis.opendocument.{kind}">'
            '<office:meta><dc:title>Harbour Report</dc:title></office:meta>'
            f'<office:automatic-styles>{styles}</office:automatic-styles>'
            f'<office:master-styles>{masters}</office:master-styles>'
            f'<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>')


def p(text, style=""):
    return "<text:p" + (style and f' text:style-name="{style}"') + f">{text}</text:p>"


def h(text, level=1, style=""):
    return f'<text:h text:outline-level="{level}"' + (style and f' text:style-name="{style}"') + f">{text}</text:h>"


def note(kind, number, text):
    return (f'<text:note text:id="{kind}{number}" text:note-class="{kind}"><text:note-citation>{number}'
            f'</text:note-citation><text:note-body>{p(text)}</text:note-body></text:note>')


def cell(text, span=""):
    return f"<table:table-cell{span}>{p(text)}</table:table-cell>"


def row(*cells):
    return "<table:table-row>" + "".join(cells) + "</table:table-row>"


def items(style, *entries):
    return f'<text:list text:style-name="{style}">' + "".join(
        f"<text:list-item>{entry}</text:list-item>" for entry in entries) + "</text:list>"


def change(number, kind, content=""):
    return (f'<text:changed-region xml:id="c{number}" text:id="c{number}"><text:{kind}><office:change-info>'
            f'<dc:creator>Ada</dc:creator><dc:date>2024-03-04T09:00:00</dc:date></office:change-info>{content}'
            f'</text:{kind}></text:changed-region>')


def report():
    styles = (
        '<style:style style:name="rtl" style:family="paragraph">'
        '<style:paragraph-properties style:writing-mode="rl-tb" fo:text-align="end"/></style:style>'
        '<style:style style:name="next" style:family="paragraph">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
        '<style:style style:name="box" style:family="graphic"><style:graphic-properties style:wrap="none" '
        'style:vertical-pos="from-top" style:vertical-rel="paragraph"/></style:style>'
        '<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
        '<text:list-level-style-bullet text:level="2" text:bullet-char="◦"/></text:list-style>'
        '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/></text:list-style>'
        '<style:page-layout style:name="A5"><style:page-layout-properties fo:page-width="14.8cm" '
        'fo:page-height="21cm" fo:margin="2cm"/><style:header-style/><style:footer-style/></style:page-layout>')
    master = ('<style:master-page style:name="Standard" style:page-layout-name="A5">'
              f'<style:header>{p("Running head")}</style:header>'
              f'<style:footer>{p("Page <text:page-number/>")}</style:footer></style:master-page>')
    comment = ('<office:annotation><dc:creator>Bob</dc:creator><dc:date>2024-03-04T09:00:00</dc:date>'
               '<text:p>Please check.</text:p></office:annotation>')
    two = ' table:number-columns-spanned="2"'
    table = ('<table:table table:name="T"><table:table-column table:number-columns-repeated="3"/>'
             + row(cell("Port"), cell("Depth &amp; tide", two), "<table:covered-table-cell/>")
             + row(cell("Brest", ' table:number-rows-spanned="2"'), cell("7.5 m"), cell("high"))
             + row("<table:covered-table-cell/>", cell("2.1 m"), cell("low")) + "</table:table>")
    box = ('<draw:frame draw:style-name="box" text:anchor-type="paragraph" svg:width="5cm" svg:height="1cm">'
           f'<draw:text-box>{p("Text in a box.")}</draw:text-box></draw:frame>')
    return document("text", styles, master, "".join([
        "<text:tracked-changes>", change(1, "deletion", p("withdrawn ")), change(2, "insertion"),
        "</text:tracked-changes>", h("Harbour Report – Übersicht"),
        p(f'High water{note("footnote", 1, "Measured at the pier.")} at noon{comment}, café 🚢 déjà vu.'),
        p('The <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>accepted'
          '<text:change-end text:change-id="c2"/> plan.'),
        h("Depths", 2), table,
        items("L", p("first berth") + items("L", p("inner berth")), p("second berth")),
        items("N", p("moor"), p("unload")), h("漢字", 2), p("潮汐表は毎日変わります。한국어 简体中文"),
        p(f'Before<text:tab/>tab<text:line-break/>line <text:s text:c="3"/>spaces.'
          f'{note("endnote", 2, "Seen from the tower.")}'),
        p(box + "After the box."),
        p('See <text:a xlink:type="simple" xlink:href="https://example.org/chart">the chart</text:a>.'),
        h("עברית", 2, "next"), p("שלום עולם, 25 ספינות. המחיר 12.5% (כולל מס).", "rtl"),
        p("המערכת Carrel 2.0 עובדת מצוין עם Swift.", "rtl"), p("مرحبا بالعالم، في الميناء 25 سفينة.", "rtl"),
    ]))


def text(content, span=""):
    paragraphs = "".join(p(line) for line in content.split("\n"))
    return f'<table:table-cell office:value-type="string"{span}>{paragraphs}</table:table-cell>'


def value(kind, content, shown, more=""):
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(kind, "value")
    return (f'<table:table-cell office:value-type="{kind}" office:{name}="{content}" table:style-name="{kind}"{more}>'
            f'{p(shown)}</table:table-cell>')


def number(content, more=""):
    return value("float", content, str(content), more)


def formula(content):
    return f' table:formula="of:={content}"'


def workbook():
    part = '<number:{} number:style="long"/>'.format
    formats = (
        f'<number:date-style style:name="d">{part("year")}<number:text>-</number:text>{part("month")}'
        f'<number:text>-</number:text>{part("day")}</number:date-style>'
        '<number:percentage-style style:name="p"><number:number number:decimal-places="1" '
        'number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>'
        f'<number:time-style style:name="t">{part("hours")}<number:text>:</number:text>{part("minutes")}'
        '</number:time-style><number:boolean-style style:name="b"><number:boolean/></number:boolean-style>'
        + "".join(f'<style:style style:name="{kind}" style:family="table-cell" style:data-style-name="{kind[0]}"/>'
                  for kind in ["date", "percentage", "time", "boolean"])
        + '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/>'
        '</style:style>')
    remark = ('<table:table-cell office:value-type="string"><office:annotation><text:p>A remark</text:p>'
              '</office:annotation><text:p>noted</text:p></table:table-cell>')
    empty = "<table:table-cell/>"
    sheet = '<table:table table:name="{}"{}>'.format
    return document("spreadsheet", formats, "", "".join([
        sheet("Depths, 2024", ""),
        row(*map(text, ["Port", "Depth", "Share", "Measured", "Hour", "Open"])),
        row(text("Brest, France"), number(7.5), value("percentage", 0.125, "12.5%"),
            value("date", "2024-03-04", "2024-03-04"), value("time", "PT09H30M00S", "09:30"),
            value("boolean", "true", "TRUE")),
        row(text("יפו"), number(42), number(1234567.25)), row(empty),
        row(text("total"), number(49.5, formula("SUM([.B2:.B3])")), text("", formula("1/0")),
            text("", formula("CONCATENATE([.A1];&quot;!&quot;)"))),
        row(text("merged", ' table:number-columns-spanned="2"'), "<table:covered-table-cell/>", text("after")),
        row(text("漢字 🚢"), text("two\nlines"), remark), "</table:table>",
        sheet("Hidden", ' table:style-name="hidden"'), row(text("secret"), number(1)), "</table:table>",
        sheet("Empty", ""), row(empty), "</table:table>",
        sheet("Ship’s log", ""), row(empty), row(empty, text("corner")), "</table:table>",
    ]))


def frame(content, top, kind=""):
    return ("<draw:frame" + (kind and f' presentation:class="{kind}"')
            + f' svg:x="2cm" svg:y="{top}cm" svg:width="24cm" svg:height="5cm">{content}</draw:frame>')


def box(*lines):
    return "<draw:text-box>" + "".join(map(p, lines)) + "</draw:text-box>"


def slide(name, title, content="", notes=(), more=""):
    page = '<draw:page-thumbnail presentation:class="page" svg:x="1cm" svg:y="1cm" svg:width="10cm" svg:height="8cm"/>'
    spoken = notes and f'<presentation:notes>{page}{frame(box(*notes), 12, "notes")}</presentation:notes>'
    return (f'<draw:page draw:name="{name}" draw:master-page-name="M"{more}>{frame(box(title), 1, "title")}{content}'
            f'{spoken or ""}</draw:page>')


def show():
    styles = (
        '<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/>'
        '</style:page-layout><style:style style:name="hidden" style:family="drawing-page">'
        '<style:drawing-page-properties presentation:visibility="hidden"/></style:style>')
    table = ('<table:table><table:table-column table:number-columns-repeated="2"/>' + row(cell("Port"), cell("Depth"))
             + row(cell("Brest"), cell("7.5 m")) + "</table:table>")
    shape = ('<draw:custom-shape svg:x="2cm" svg:y="8cm" svg:width="6cm" svg:height="3cm">' + p("In a shape")
             + '<draw:enhanced-geometry draw:type="rectangle" svg:viewBox="0 0 9 9" '
             'draw:enhanced-path="M 0 0 L 9 0 9 9 0 9 0 0 Z N"/></draw:custom-shape>')
    return document(
        "presentation", styles, '<style:master-page style:name="M" style:page-layout-name="P"/>', "".join([
            slide("one", "Ebb and flow – Übersicht", frame(box("high water 🚢", "low<text:line-break/>water"), 7),
                  ["Speak slowly.", "Point at the chart."]),
            slide("two", "שלום עולם", frame(table, 7) + frame(box("مرحبا"), 14)),
            slide("three", "潮汐表", shape + f'<draw:g>{frame(box("In a group"), 14)}</draw:g>', ["備考: ゆっくり"]),
            slide("four", "Hidden slide", more=' draw:style-name="hidden"'),
        ]))


def make(folder):
    with tempfile.TemporaryDirectory() as work:
        for name, content, kinds in [("report.fodt", report(), ["docx", "odt", "rtf", "epub", "html", "pdf"]),
                                     ("log.fods", workbook(), ["xlsx", "ods", CSV]),
                                     ("show.fodp", show(), ["pptx", "odp"])]:
            source = os.path.join(work, name)
            with open(source, "w", encoding="utf-8") as file:
                file.write(content)
            for kind in kinds:
                subprocess.run(
                    ["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", kind,
                     "--outdir", work, source], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                made = name.split(".")[0] + "." + kind.split(":")[0]
                shutil.copy(os.path.join(work, made), os.path.join(folder, made))
