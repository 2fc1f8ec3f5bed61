#!/usr/bin/env python3
"""Makes the files of corpus/ with programs that people use: python3 make-corpus.py FOLDER

Needs, from PyPI: pypandoc_binary openpyxl odfpy reportlab pillow msoffcrypto-tool; the font DejaVu Sans of Debian's fonts-dejavu-core; and
LibreOffice (libreoffice.py).
"""
import email.message
import email.policy
import os
import sys

import msoffcrypto.format.ooxml
import openpyxl
import pypandoc
from odf.draw import Frame, Page, TextBox
from odf.opendocument import OpenDocumentPresentation, OpenDocumentSpreadsheet
from odf.style import MasterPage, PageLayout, PageLayoutProperties
from odf.table import Table, TableCell, TableRow
from odf.text import P
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A5
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

sys.dont_write_bytecode = True
import libreoffice

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
folder = sys.argv[1]


def path(name):
    return os.path.join(folder, name)


TEXT = """
# Tide Tables

High water at noon.[^1] Low water at six.

| Port | Depth |
|------|-------|
| Brest | 7.5 |
| Jaffa | 0.4 |

- first berth
- second berth

## עברית

שלום עולם. مرحبا بالعالم.

## 漢字

潮汐表は毎日変わります。

See [the chart](https://example.org/chart).

[^1]: Measured at the pier.
"""

SLIDES = """
# First slide

Ebb and flow.

::: notes
Speak slowly here.
:::

# Second slide

- one 潮
- two שלום
"""

for kind in ["docx", "odt", "epub", "rtf"]:
    pypandoc.convert_text(TEXT, kind, format="markdown", outputfile=path("tides." + kind),
                          extra_args=["--standalone", "--metadata", "title=Tides"])
pypandoc.convert_text(SLIDES, "pptx", format="markdown", outputfile=path("slides.pptx"))

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Tides 2024"
for row in [["Port", "Depth", "Open"], ["Brest, France", 7.5, True], [], ["יפו", 42.0, False], ['say "hi"', 1e-3, None],
            ["漢字", "=1/0", "line\nbreak"]]:
    sheet.append(row)
book.create_sheet("Empty")
offset = book.create_sheet("tides-2024")
offset["C3"] = "corner"
offset["E4"] = 2
book.save(path("ports.xlsx"))

calc = OpenDocumentSpreadsheet()
table = Table(name="Depths")
for values in [["Port", "Depth"], ["Brest, France", 7.5], [], ["漢字", 3]]:
    row = TableRow()
    for value in values:
        cell = TableCell(valuetype="float", value=value) if not isinstance(value, str) else TableCell(valuetype="string")
        cell.addElement(P(text=str(value)))
        row.addElement(cell)
    if not values:
        row.addElement(TableCell(numbercolumnsrepeated="1024"))
    table.addElement(row)
last = TableRow(numberrowsrepeated="1048000")
last.addElement(TableCell(numbercolumnsrepeated="1024"))
table.addElement(last)
calc.spreadsheet.addElement(table)
calc.spreadsheet.addElement(Table(name="Empty"))
calc.save(path("depths.ods"))

show = OpenDocumentPresentation()
layout = PageLayout(name="Layout")
layout.addElement(PageLayoutProperties(pagewidth="28cm", pageheight="21cm"))
show.automaticstyles.addElement(layout)
master = MasterPage(name="Master", pagelayoutname=layout)
show.masterstyles.addElement(master)
for lines in [["Ebb and flow", "מים"], ["潮汐"]]:
    slide = Page(masterpagename=master)
    frame = Frame(width="20cm", height="5cm", x="1cm", y="1cm")
    box = TextBox()
    for line in lines:
        box.addElement(P(text=line))
    frame.addElement(box)
    slide.addElement(frame)
    show.presentation.addElement(slide)
show.save(path("slides.odp"))

pdfmetrics.registerFont(TTFont("DejaVu", FONT))
pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
pdf = canvas.Canvas(path("tides.pdf"), pagesize=A5, pageCompression=1)
pdf.setTitle("Tide Tables")
pdf.setCreator("Harbour Office")
pdf.setFont("DejaVu", 12)
pdf.drawString(50, 500, "High water at noon.")
pdf.drawString(50, 480, "Low water at six.")
pdf.showPage()
pdf.showPage()
pdf.setFont("HeiseiMin-W3", 12)
pdf.drawString(50, 500, "潮汐表")
pdf.setFont("DejaVu", 12)
pdf.drawString(50, 480, "Third page.")
pdf.showPage()
pdf.save()


def page(*lines):
    picture = Image.new("L", (900, 60 + 80 * len(lines)), 255)
    draw = ImageDraw.Draw(picture)
    for index, line in enumerate(lines):
        draw.text((40, 30 + 80 * index), line, font=ImageFont.truetype(FONT, 48), fill=0)
    return picture.convert("1")


first, second = page("High water at noon", "Low water at six"), page("Second scanned page")
first.save(path("scan.png"), optimize=True)
first.convert("L").save(path("scan.jpg"), quality=30)
first.convert("L").save(path("scan.webp"), quality=20)
# As a camera that is held upright stores it: the orientation says to turn it clockwise.
held = Image.Exif()
held[0x0112] = 6
first.convert("L").rotate(90, expand=True).save(path("photo.jpg"), quality=30, exif=held)
first.save(path("scan.tiff"), compression="group4", save_all=True, append_images=[second])
first.save(path("scan.pdf"), save_all=True, append_images=[second], resolution=150)


def mail(sender, subject, text=None, html=None):
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    if sender:
        message["From"] = sender
    if subject:
        message["Subject"] = subject
    message["Date"] = "Mon, 04 Mar 2024 09:00:00 +0000"
    if text:
        message.set_content(text, cte="quoted-printable")
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html", cte="base64")
    return message


letters = [
    mail("Ada Lövelace <ada@example.org>", "Tide v1.2 – 潮汐", "High water at noon.\nFrom now on daily. שלום\n",
         "<p>High <b>water</b></p>"),
    mail("Bob <bob@example.org>", None, html="<h1>News</h1><p>Low water at <a href='https://example.org/'>six</a>.</p>"),
    mail(None, "No sender", "Anonymous."),
]
attachment = mail("Eve <eve@example.org>", "Only a file")
attachment.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="a.bin")
letters.append(attachment)
with open(path("letters.mbox"), "wb") as file:
    for letter in letters:
        body = bytes(letter).replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ")
        file.write(b"From someone@example.org Mon Mar  4 09:00:00 2024\n" + body + b"\n")
with open(path("letter.eml"), "wb") as file:
    file.write(bytes(letters[0]))

# Asking for a password, and one that does not although it is encrypted.
for name, password in ("protected.pdf", "tide"), ("encrypted.pdf", ""):
    pdf = canvas.Canvas(path(name), encrypt=StandardEncryption(password, ownerPassword="harbour"))
    pdf.drawString(50, 500, "High water at noon.")
    pdf.save()
with open(path("tides.docx"), "rb") as plain, open(path("protected.docx"), "wb") as file:
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("tide", file)

libreoffice.make(folder)
