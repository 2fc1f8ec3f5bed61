extension Stylesheet {
    /// The parts of a workbook (ECMA-376, part 1, section 18), in whichever namespace: a piece `file` for each document,
    /// then `sheet` (name, relationship), `relation` (id, type, target), `string` (text), `range` (reference),
    /// `row` (number), and `cell` (reference, type, text).
    static let workbook = Stylesheet(
        "",
        """
        <xsl:template match="/">
          \(mark("file"))
          <xsl:for-each select="*/*[local-name()='sheets']/*[local-name()='sheet']">
            \(mark("sheet"))<xsl:value-of select="@name"/>\(next)<xsl:value-of select="@*[local-name()='id']"/>
          </xsl:for-each>
          \(relations)
          <xsl:for-each select="*/*[local-name()='si']">\(mark("string"))\(rich)</xsl:for-each>
          <xsl:for-each select="*/*[local-name()='dimension']">
            \(mark("range"))<xsl:value-of select="@ref"/>
          </xsl:for-each>
          <xsl:for-each select="*/*[local-name()='sheetData']/*[local-name()='row']">
            \(mark("row"))<xsl:value-of select="@r"/>
            <xsl:for-each select="*[local-name()='c']">
              \(mark("cell"))<xsl:value-of select="@r"/>\(next)<xsl:value-of select="@t"/>\(next)
              <xsl:value-of select="*[local-name()='v']"/>
              <xsl:for-each select="*[local-name()='is']">\(rich)</xsl:for-each>
            </xsl:for-each>
          </xsl:for-each>
        </xsl:template>
        """)

    /// A text in runs, without the reading aids of Japanese.
    private static let rich = """
        <xsl:for-each select="*[local-name()='t'] | *[local-name()='r']/*[local-name()='t']">
          <xsl:value-of select="."/>
        </xsl:for-each>
        """
}
