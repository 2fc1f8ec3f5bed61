extension Stylesheet {
    /// Slides and notes (ECMA-376, part 1, sections 19 and 21), and their relationships: a piece `file` for each
    /// document, then its paragraphs with text (`p`, without fields such as the number of the slide), or its
    /// relationships (`relation`: id, type, target).
    static let slides = Stylesheet(
        """
        xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" \
        xmlns:s="http://purl.oclc.org/ooxml/drawingml/main" \
        xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
        """,
        """
        <xsl:template match="/">\(mark("file"))<xsl:apply-templates/>\(relations)</xsl:template>
        <xsl:template match="text() | mc:Fallback"/>
        <xsl:template match="a:p | s:p">
          <xsl:if test="a:r/a:t | s:r/s:t">\(mark("p"))<xsl:apply-templates/></xsl:if>
        </xsl:template>
        <xsl:template match="a:t | s:t"><xsl:value-of select="."/></xsl:template>
        <xsl:template match="a:br | s:br"><xsl:text>&#10;</xsl:text></xsl:template>
        <xsl:template match="a:fld | s:fld"/>
        """)

    /// Relationships of Open Packaging Conventions, in the template of the root.
    static let relations = """
        <xsl:for-each select="*/*[local-name()='Relationship']">
          \(mark("relation"))<xsl:value-of select="@Id"/>\(next)<xsl:value-of select="@Type"/>\(next)
          <xsl:value-of select="@Target"/>
        </xsl:for-each>
        """
}
