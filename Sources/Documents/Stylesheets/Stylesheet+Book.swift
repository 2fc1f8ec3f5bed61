extension Stylesheet {
    /// The container and the packages of an EPUB 2 or 3: a piece `file` for each document, then `root` (path of the
    /// package), `item` (id, address), and `chapter` (id), in the order of reading.
    static let book = Stylesheet(
        "",
        """
        <xsl:template match="/">
          \(mark("file"))
          <xsl:for-each select="*/*/*[local-name()='rootfile']">
            \(mark("root"))<xsl:value-of select="@full-path"/>
          </xsl:for-each>
          <xsl:for-each select="*/*[local-name()='manifest']/*[local-name()='item']">
            \(mark("item"))<xsl:value-of select="@id"/>\(next)<xsl:value-of select="@href"/>
          </xsl:for-each>
          <xsl:for-each select="*/*[local-name()='spine']/*[local-name()='itemref']">
            \(mark("chapter"))<xsl:value-of select="@idref"/>
          </xsl:for-each>
        </xsl:template>
        """)
}
