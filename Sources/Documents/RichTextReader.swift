/// RTF 1.9.1 as text: a line for each paragraph and each row of a table, with tabs between cells.
///
/// The programs that Debian has for RTF (catdoc, unrtf) lose footnotes, text boxes and what is beyond 16 bits, and show
/// deleted text, so this is a script of Perl, whose library knows the code pages. Like all programs it runs in isolation.
enum RichTextReader {
    /// - Throws: ``ConversionRefusal/processing`` for what does not begin as RTF.
    static func text(of conversion: Conversion) async throws(ConversionRefusal) -> String {
        guard conversion.file.bytes.starts(with: "{\\rtf".utf8) else { throw .processing }
        let folder = try conversion.scratch()
        try folder.write(Array(script.utf8), to: "script")
        let text = try await conversion.output(
            of: .richText, ["script", Conversion.input], in: folder, else: .processing)
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { String($0).trimmedEnd }.joined(separator: "\n").trimmed
    }

    /// Footnotes and text boxes follow their paragraph or row. Headers, footers, comments, hidden and deleted text and
    /// unknown destinations are left out.
    private static let script = #"""
        use strict; use warnings; use Encode ();
        binmode STDOUT, ":encoding(UTF-8)";
        open my $in, "<:raw", $ARGV[0] or die; local $/; my $rtf = <$in>;

        # Code pages by the charset of a font, and those that Encode calls otherwise.
        my %page = (0 => 1252, 77 => 10000, 128 => 932, 129 => 949, 130 => 1361, 134 => 936, 136 => 950, 161 => 1253,
            162 => 1254, 163 => 1258, 177 => 1255, 178 => 1256, 186 => 1257, 204 => 1251, 222 => 874, 238 => 1250,
            254 => 437, 255 => 850);
        my %renamed = (10000 => "MacRoman", 1361 => "johab", 65001 => "UTF-8");
        sub page { Encode::find_encoding($renamed{$_[0]} // "cp$_[0]") // Encode::find_encoding("cp1252") }
        my $symbol = Encode::find_encoding("symbol");
        my ($document, $default, %font) = (page(1252), 0);

        # `skip` 2 lasts for a whole group, 1 until something in it is text again.
        my ($body, $bytes, $left, $high, @groups, @asides) = ("", "", 0, 0);
        my $s = {skip => 0, uc => 1, out => \$body};

        sub put {
            my $text = shift;
            $high = 0;
            return if $s->{skip} or $s->{deleted} or $s->{v};
            $text =~ s/^\s+// if $s->{label} and ${$s->{out}} =~ /(?:\A|\n)\z/;
            ${$s->{out}} .= $text;
        }
        sub flush {
            return if $bytes eq "";
            my $charset = $font{($s->{rtl} ? $s->{af} : undef) // $s->{f} // $default} // $document;
            # A font of the standard charset in a document of many-byte text often means the document's.
            my $rest = $bytes;
            my $text = $charset eq page(1252) ? eval { $document->decode($rest, Encode::FB_CROAK) } : undef;
            undef $text if $rest ne "";
            $text //= $charset eq $symbol && $s->{label} ? "\x{2022}" : $charset->decode($bytes);
            $bytes = "";
            put($text);
        }
        sub finish {
            put("\n");
            return if $s->{skip} or $s->{out} != \$body;
            for my $aside (splice @asides) { $$aside =~ s/^\s+|\s+$//g; $body .= "$$aside\n" if $$aside ne "" }
        }
        sub unicode {
            my $code = $_[0] & 0xFFFF;
            $left = $s->{uc};
            if (0xD800 <= $code && $code < 0xDC00) { $high = $code; return }
            my $isLow = 0xDC00 <= $code && $code < 0xE000;
            $code = $high && $isLow ? 0x10000 + (($high - 0xD800) << 10) + $code - 0xDC00 : $isLow ? 0xFFFD : $code;
            # Symbol fonts have private characters; what is not in a label cannot be told without the font.
            put($code >> 8 == 0xF0 ? "\x{2022}" : chr $code);
        }
        sub aside {
            return if $s->{skip} == 2;
            my $text = "";
            push @asides, \$text;
            @$s{qw(skip out table)} = (0, \$text, 0);
        }

        my %do = (
            u => \&unicode, uc => sub { $s->{uc} = $_[0] },
            par => sub { $s->{table} ? put(" ") : finish() },
            cell => sub { ${$s->{out}} =~ s/ +\z// unless $s->{skip}; put("\t") },
            row => sub { ${$s->{out}} =~ s/[ \t]+\z// unless $s->{skip}; finish() },
            intbl => sub { $s->{table} = 1 }, pard => sub { $s->{table} = 0 },
            plain => sub { delete @$s{qw(deleted v f)} }, rtlch => sub { $s->{rtl} = 1 }, ltrch => sub { $s->{rtl} = 0 },
            fcharset => sub { $font{$s->{f} // 0} = $_[0] == 2 ? $symbol : $_[0] == 1 ? undef : page($page{$_[0]} // 1252) },
            cpg => sub { $font{$s->{f} // 0} = page($_[0]) if $_[0] }, deff => sub { $default = $_[0] },
            ansicpg => sub { $document = page($_[0]) }, mac => sub { $document = page(10000) },
            pc => sub { $document = page(437) }, pca => sub { $document = page(850) },
            ud => sub { $s->{skip} = 0 if $s->{skip} == 1 }, nesttableprops => sub { },
        );
        @do{qw(sect page nestcell nestrow)} = (\&finish, \&finish, @do{qw(cell row)});
        @do{qw(pntext listtext)} = (sub { $s->{label} = 1 }) x 2;
        for my $name (qw(f af v deleted)) { $do{$name} = sub { $s->{$name} = $_[0] } }
        for my $name (qw(footnote shptxt dptxbxtext)) { $do{$name} = \&aside }
        for my $name (qw(fonttbl filetbl colortbl stylesheet listtable revtbl info pict objdata header headerl headerr headerf
            footer footerl footerr footerf fldinst annotation shprslt nonesttables xe tc tcn rxe)) {
            $do{$name} = sub { $s->{skip} = 2 };
        }
        for my $name (qw(shpinst do upr)) { $do{$name} = sub { $s->{skip} ||= 1 } }
        my %character = (tab => "\t", line => "\n", lbr => "\n", emdash => "\x{2014}", endash => "\x{2013}",
            lquote => "\x{2018}", rquote => "\x{2019}", ldblquote => "\x{201C}", rdblquote => "\x{201D}",
            bullet => "\x{2022}", emspace => "\x{2003}", enspace => "\x{2002}", qmspace => "\x{2005}", zwj => "\x{200D}",
            zwnj => "\x{200C}", ltrmark => "\x{200E}", rtlmark => "\x{200F}", "~" => "\x{A0}", _ => "\x{2011}");
        for my $name (keys %character) { $do{$name} = sub { put($character{$name}) } }
        @do{"\r", "\n"} = ($do{par}) x 2;
        my %standard = map { ($_ => 0) } qw(u f af deff fcharset);

        sub word {
            my ($star, $name, $number) = @_;
            flush() if $bytes ne "";
            # What stands for a character that was just written in Unicode.
            if ($left && $name ne "u") { $left--; return }
            if (my $do = $do{$name}) { $do->($number // $standard{$name} // 1) } elsif ($star) { $s->{skip} = 2 }
        }
        # In this order: a pattern with a backslash is tried only where one is near, as Perl looks ahead for it.
        for ($rtf) {
            while (1) {
                if (/\G([^\\{}\r\n\0]+)/gc) {
                    my $text = $1;
                    if ($left) { $left -= length substr($text, 0, $left < length $text ? $left : length $text, "") }
                    $bytes .= $text unless $s->{skip};
                } elsif (/\G\{/gc) { flush(); $left = 0; push @groups, $s; $s = {%$s} }
                elsif (/\G\}/gc) { flush(); $left = 0; $s = pop @groups or last }
                elsif (/\G[\r\n\0]+/gc) { next }
                elsif (/\G(\\\*\s*)?\\([A-Za-z]+)(-?[0-9]{1,9})? ?/gc) {
                    my ($star, $name, $number) = ($1, $2, $3);
                    if ($name ne "bin") { word($star, $name, $number) }
                    elsif (($number // 0) > 0) { pos = pos() + $number < length ? pos() + $number : length }
                } elsif (/\G\\(?:'([0-9A-Fa-f]{2})|([\\{}]))/gc) {
                    if ($left) { $left-- } elsif (!$s->{skip}) { $bytes .= $2 // chr hex $1 }
                } elsif (/\G\\([^A-Za-z])/gcs) { word(undef, $1) }
                else { last }
            }
        }
        flush(); finish(); print $body;
        """#
}
