extension Stylesheet {
    /// `word/document.xml` (ECMA-376, part 1, section 17), in its usual and its strict namespace: one piece, the text.
    ///
    /// Reading aids of Japanese and Chinese are left out: a word in pieces is not found.
    /// Of what exists twice for old and new readers, the old form is taken, which has text boxes as paragraphs.
    /// Patterns have no conditions here and in the other stylesheets: to test one, libxslt counts all siblings.
    static let word = Stylesheet(
        """
        xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" \
        xmlns:s="http://purl.oclc.org/ooxml/wordprocessingml/main" \
        xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
        """,
        """
        <xsl:template match="/">\(mark("text"))<xsl:apply-templates select="*/w:body | */s:body"/></xsl:template>
        <xsl:template match="w:p | s:p">
          <xsl:apply-templates/>
          <xsl:text>&#10;&#10;</xsl:text>
          <xsl:apply-templates select="(.//w:txbxContent | .//s:txbxContent)[not(ancestor::mc:Choice)]"/>
        </xsl:template>
        <xsl:template match="text()"/>
        <xsl:template match="w:t | s:t"><xsl:value-of select="."/></xsl:template>
        <xsl:template match="w:tab | s:tab"><xsl:text>&#9;</xsl:text></xsl:template>
        <xsl:template match="w:br | s:br | w:cr | s:cr"><xsl:text>&#10;</xsl:text></xsl:template>
        <xsl:template match="w:noBreakHyphen | s:noBreakHyphen"><xsl:text>&#x2011;</xsl:text></xsl:template>
        <xsl:template match="w:pPr | s:pPr | w:rPr | s:rPr | w:del | s:del | w:moveFrom | s:moveFrom"/>
        <xsl:template match="w:rt | s:rt"/>
        <xsl:template match="w:pict | s:pict | w:drawing | s:drawing | mc:Choice"/>
        """)
}
