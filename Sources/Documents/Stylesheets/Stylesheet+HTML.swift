extension Stylesheet {
    /// HTML as blocks: a piece `file` for each document, then pieces `heading` (level, text), `item` (its mark, text),
    /// `pre` (text) and `text` (text); each ends where the next begins. White space is as it was.
    static let html = Stylesheet(
        "",
        """
        <xsl:template match="/">\(mark("file"))<xsl:apply-templates/></xsl:template>
        <xsl:template match="head | title | script | style | noscript | template | rt | rp | comment()"/>
        <xsl:template match="p | div | section | article | main | header | footer | aside | nav | figure | figcaption
          | blockquote | ul | ol | dl | dt | dd | table | caption | tr | address | form | fieldset | center | body">
          \(mark("text"))<xsl:apply-templates/>\(mark("text"))
        </xsl:template>
        <xsl:template match="h1 | h2 | h3 | h4 | h5 | h6">
          \(mark("heading"))<xsl:value-of select="substring(name(), 2)"/>\(next)<xsl:apply-templates/>\(mark("text"))
        </xsl:template>
        <xsl:template match="li">
          \(mark("item"))
          <xsl:choose>
            <xsl:when test="parent::ol"><xsl:number format="1."/></xsl:when>
            <xsl:otherwise><xsl:text>*</xsl:text></xsl:otherwise>
          </xsl:choose>
          \(next)<xsl:apply-templates/>\(mark("text"))
        </xsl:template>
        <xsl:template match="li/p">
          <xsl:choose>
            <xsl:when test="preceding-sibling::*[1]">\(mark("text"))<xsl:apply-templates/>\(mark("text"))</xsl:when>
            <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
          </xsl:choose>
        </xsl:template>
        <xsl:template match="pre">\(mark("pre"))<xsl:apply-templates/>\(mark("text"))</xsl:template>
        <xsl:template match="td | th">
          <xsl:if test="preceding-sibling::*[1]"><xsl:text> </xsl:text></xsl:if><xsl:apply-templates/>
        </xsl:template>
        <xsl:template match="br"><xsl:text>\(lineBreak)</xsl:text></xsl:template>
        <xsl:template match="a">
          <xsl:apply-templates/>
          <xsl:if test="@href and not(starts-with(@href, '#')) and normalize-space(.)">
            <xsl:value-of select="concat(' [', normalize-space(@href), ']')"/>
          </xsl:if>
        </xsl:template>
        """)

    /// A line end that is meant as one.
    static let lineBreak: Unicode.Scalar = "\u{10FFF2}"
}
