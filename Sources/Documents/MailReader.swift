/// Mail as Email::MIME reads it: headers decoded, bodies in UTF-8.
enum MailReader {
    struct Message: Sendable, Equatable {
        var from: String
        var subject: String
        /// Empty when the mail has neither plain text nor HTML.
        var body: String
    }

    /// - Parameters:
    ///   - isMailbox: several messages, each behind a line that begins with `From `.
    ///   - refusal: the reason when there is none.
    static func messages(
        of conversion: Conversion, isMailbox: Bool, else refusal: ConversionRefusal
    ) async throws(ConversionRefusal) -> [Message] {
        let folder = try conversion.scratch()
        try folder.write(Array(script.utf8), to: "script")
        let output = try await conversion.output(
            of: .mail, ["script", isMailbox ? "mailbox" : "message", Conversion.input], in: folder, else: refusal)
        var (messages, pages): ([Message], [(index: Int, html: [UInt8])]) = ([], [])
        for piece in Stylesheet.Piece.parse(output) {
            if piece.kind == "html" { pages.append((messages.count, Array(piece[2].utf8))) }
            let body = piece.kind == "html" ? "" : piece[2].replacing("\r\n", with: "\n")
            messages.append(Message(from: piece[0], subject: piece[1], body: body))
        }
        if messages.isEmpty { throw refusal }
        if pages.isEmpty { return messages }
        guard ConverterProgram.stylesheet.path != nil else {
            throw .missingProgram(conversion.fileExtension, "xsltproc", "xsltproc")
        }
        let texts = try await HTMLText.texts(of: pages.map(\.html), in: conversion, else: .processing)
        for (page, text) in zip(pages, texts) { messages[page.index].body = text }
        return messages
    }

    /// Writes a record for each message: kind of the body, sender, subject, body. The plain texts that are no
    /// attachments are the body, else the HTML. What has no header at all is no mail. Email::MIME decodes too little by itself: it
    /// has no GB18030, takes labels by the letter, and reads headers that are not ASCII as Latin-1.
    private static let script = #"""
        use strict; use warnings; use Email::MIME; use Email::MIME::ContentType; use Encode (); use MIME::Base64 ();
        use MIME::QuotedPrint ();
        binmode STDOUT, ":encoding(UTF-8)";
        my ($kind, $file) = @ARGV;
        open my $in, "<:raw", $file or die;
        my ($text, $blank) = ("", 1);
        # Labels that mean more than they say, as in browsers (WHATWG Encoding).
        my %wider = ("iso-8859-1" => "cp1252", latin1 => "cp1252", "iso-8859-9" => "cp1254", "iso-8859-8-i" => "iso-8859-8",
            big5 => "big5-hkscs", map({ ($_ => "cp949") } qw(euc-kr ks_c_5601-1987 ks_c_5601)),
            map({ ($_ => "cp936") } qw(gb2312 gbk x-gbk gb_2312-80)),
            map({ ($_ => "cp932") } qw(shift_jis shift-jis sjis x-sjis windows-31j ms_kanji)));
        sub clean { my $t = shift // ""; $t =~ s/[\x{10FFF0}\x{10FFF1}]//g; $t }
        sub decode {
            my ($label, $bytes) = (lc(shift // ""), shift);
            return gb18030($bytes) if $label eq "gb18030";
            my $encoding = $label =~ /^(?:us-)?ascii$/ ? undef : Encode::find_encoding($wider{$label} // $label);
            return $encoding->decode($bytes) if $encoding;
            eval { Encode::decode("UTF-8", my $copy = $bytes, Encode::FB_CROAK) } // Encode::decode("cp1252", $bytes);
        }
        # Encode knows its characters of two bytes; those of four are mostly the planes above the first.
        sub gb18030 {
            my ($bytes, $text) = (shift, "");
            while ($bytes =~ /\G(?:((?:[\x00-\x80]|[\x81-\xFE][\x40-\xFE])+)|([\x90-\xE3])([0-9])([\x81-\xFE])([0-9])|.)/gs) {
                $text .= defined $1 ? Encode::decode("cp936", $1)
                    : defined $2 ? chr 0x10000 + ((ord($2) - 0x90) * 10 + $3) * 1260 + (ord($4) - 0x81) * 10 + $5 : "\x{FFFD}";
            }
            $text;
        }
        sub word { "=?UTF-8?B?" . MIME::Base64::encode(Encode::encode("UTF-8", shift), "") . "?=" }
        # Words in other encodings, which may end inside a character, and bytes that are in none, as words in UTF-8.
        sub readable {
            my $head = shift;
            $head =~ s{((?:=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=\s*)+)}{
                my ($run, $label, $bytes, $result) = ($1, "", "", "");
                my ($end) = $run =~ /(\s*)\z/;
                while ($run =~ /=\?([^?*\s]+)[^?\s]*\?([BbQq])\?([^?\s]*)\?=/g) {
                    my ($next, $form, $data) = ($1, lc $2, $3);
                    if ($next ne $label) { $result .= decode($label, $bytes); ($label, $bytes) = ($next, "") }
                    $data =~ tr/_/ / if $form eq "q";
                    $bytes .= $form eq "q" ? MIME::QuotedPrint::decode($data) : MIME::Base64::decode($data);
                }
                word($result . decode($label, $bytes)) . $end;
            }ge;
            $head =~ s{(?<![^\s"<>(),:;])([^\s"<>(),:;]*[^\x00-\x7F][^\s"<>(),:;]*)}{word(decode("", $1))}ge;
            $head;
        }
        # All texts of this type that are no attachments; those of a forwarded mail when it has none of its own.
        sub body {
            my ($mail, $type) = @_;
            my (@found, @inner);
            $mail->walk_parts(sub {
                my $part = shift;
                my $is = lc($part->content_type // "text/plain");
                push @inner, $part->body_raw if $is =~ m{^\s*message/rfc822};
                return if $part->subparts or $is !~ m{^\s*\Q$type\E};
                return if ($part->header("Content-Disposition") // "") =~ /^\s*attachment/i;
                my $kind = eval { parse_content_type($part->content_type) };
                my $body = decode($kind && $kind->{attributes}{charset}, $part->body);
                push @found, $body if $body =~ /\S/;
            });
            return join "\n", @found if @found;
            for my $inner (@inner) { my $body = body(Email::MIME->new($inner), $type); return $body if defined $body }
            undef;
        }
        sub show {
            my ($head, $rest) = $text =~ /\A(.*?\n)(\r?\n.*)\z/s ? ($1, $2) : ($text, "");
            return if $text !~ /^[!-9;-~]+[ \t]*:/;
            my $mail = eval { Email::MIME->new(readable($head) . $rest) } or return;
            my ($form, $body) = ("text", body($mail, "text/plain"));
            ($form, $body) = ("html", body($mail, "text/html")) unless defined $body;
            $form = "none" unless defined $body;
            my @fields = map { my $h = $_; clean(eval { $mail->header_str($h) } // $mail->header($h)) } qw(From Subject);
            print "\x{10FFF0}", join("\x{10FFF1}", $form, @fields, clean($body));
        }
        while (my $line = <$in>) {
            $line =~ s/^\xEF\xBB\xBF// if $. == 1;
            if ($kind eq "mailbox" and $blank and $line =~ /^From /) { show() if length $text; $text = ""; $blank = 0; next }
            $blank = $line =~ /^\r?$/;
            $line =~ s/^>(>*From )/$1/ if $kind eq "mailbox";
            $text .= $line;
        }
        show() if length $text;
        """#
}
