extension Stylesheet {
    /// `content.xml` of a text or a presentation (OpenDocument 1.3, part 3): a piece `p` for each heading and paragraph.
    ///
    /// Footnotes and text boxes stand inside a paragraph and follow it here; comments, deleted text, reading aids and
    /// descriptions of pictures are left out.
    static let openDocument = Stylesheet(
        openDocumentNamespaces,
        """
        <xsl:template match="/"><xsl:apply-templates select="*/office:body"/></xsl:template>
        <xsl:template match="text()"/>
        <xsl:template match="office:annotation | text:tracked-changes"/>
        <xsl:template match="text:h | text:p">
          <xsl:variable name="depth" select="count(ancestor-or-self::text:h | ancestor-or-self::text:p)"/>
          \(mark("p"))<xsl:apply-templates mode="run"/>
          <xsl:apply-templates select="(.//text:note-body | .//draw:text-box)
            [count(ancestor::text:h | ancestor::text:p) = $depth]"/>
        </xsl:template>
        \(openDocumentRuns)
        """)

    /// `content.xml` of a spreadsheet: `sheet` (name), `row` (repetitions), `cell` (repetitions, type, value, text).
    /// LibreOffice says of a text that it stands for an error.
    static let openSpreadsheet = Stylesheet(
        openDocumentNamespaces
            + " xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\"",
        """
        <xsl:template match="/">
          <xsl:apply-templates select="*/office:body/office:spreadsheet/table:table"/>
        </xsl:template>
        <xsl:template match="text()"/>
        <xsl:template match="table:table">
          \(mark("sheet"))<xsl:value-of select="@table:name"/><xsl:apply-templates select="*"/>
        </xsl:template>
        <xsl:template match="table:table-row">
          \(mark("row"))<xsl:value-of select="@table:number-rows-repeated"/><xsl:apply-templates select="*"/>
        </xsl:template>
        <xsl:template match="table:table-cell | table:covered-table-cell">
          \(mark("cell"))<xsl:value-of select="@table:number-columns-repeated"/>
          \(next)<xsl:choose>
            <xsl:when test="@calcext:value-type='error'"><xsl:text>error</xsl:text></xsl:when>
            <xsl:otherwise><xsl:value-of select="@office:value-type"/></xsl:otherwise>
          </xsl:choose>
          \(next)<xsl:value-of select="@office:value | @office:boolean-value | @office:date-value | @office:time-value"/>
          \(next)<xsl:for-each select="text:p">
            <xsl:if test="position() &gt; 1"><xsl:text>&#10;</xsl:text></xsl:if><xsl:apply-templates mode="run"/>
          </xsl:for-each>
        </xsl:template>
        \(openDocumentRuns)
        """)

    private static let openDocumentNamespaces =
        ["office", "text", "table"].map { name in
            "xmlns:\(name)=\"urn:oasis:names:tc:opendocument:xmlns:\(name):1.0\""
        }.joined(separator: " ")
        + " xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\""
        + " xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\""

    /// The text inside a paragraph: repeated spaces, tabs and line ends are elements.
    private static let openDocumentRuns = """
        <xsl:template match="text()" mode="run"><xsl:value-of select="translate(., '&#9;&#10;', '  ')"/></xsl:template>
        <xsl:template match="office:annotation | text:note-body | text:ruby-text | draw:text-box
          | svg:title | svg:desc" mode="run"/>
        <xsl:template match="text:tab" mode="run"><xsl:text>&#9;</xsl:text></xsl:template>
        <xsl:template match="text:line-break" mode="run"><xsl:text>&#10;</xsl:text></xsl:template>
        <xsl:template match="text:s" mode="run">
          <xsl:text> </xsl:text>
          <xsl:if test="@text:c &gt; 1">
            <xsl:value-of select="substring('\(String(repeating: " ", count: 100))', 2, @text:c - 1)"/>
          </xsl:if>
        </xsl:template>
        """
}
