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
        try folder.write(script.utf8, to: "script")
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

    /// Writes a record for each message: kind of the body, sender, subject, body. The first plain text that is no
    /// attachment is the body, else the first HTML. What has no header at all is no mail.
    private static let script = #"""
        use strict; use warnings; use Email::MIME;
        binmode STDOUT, ":encoding(UTF-8)";
        my ($kind, $file) = @ARGV;
        open my $in, "<:raw", $file or die;
        my ($text, $blank) = ("", 1);
        sub clean { my $t = shift // ""; $t =~ s/[\x{10FFF0}\x{10FFF1}]//g; $t }
        sub body {
            my ($mail, $type) = @_;
            my $found;
            $mail->walk_parts(sub {
                my $part = shift;
                return if defined $found or $part->subparts;
                return if ($part->header("Content-Disposition") // "") =~ /^\s*attachment/i;
                my $is = lc($part->content_type // "text/plain");
                return unless $is =~ m{^\s*\Q$type\E};
                my $body = eval { $part->body_str };
                $body = eval { Encode::decode("UTF-8", $part->body) } unless defined $body;
                $found = $body if defined $body and $body =~ /\S/;
            });
            $found;
        }
        sub show {
            return if $text !~ /^[!-9;-~]+[ \t]*:/;
            my $mail = eval { Email::MIME->new($text) } or return;
            my ($form, $body) = ("text", body($mail, "text/plain"));
            ($form, $body) = ("html", body($mail, "text/html")) unless defined $body;
            $form = "none" unless defined $body;
            my @fields = map { my $h = $_; clean(eval { $mail->header_str($h) } // $mail->header($h)) } qw(From Subject);
            print "\x{10FFF0}", join("\x{10FFF1}", $form, @fields, clean($body));
        }
        while (my $line = <$in>) {
            if ($kind eq "mailbox" and $blank and $line =~ /^From /) { show() if length $text; $text = ""; $blank = 0; next }
            $blank = $line =~ /^\r?$/;
            $line =~ s/^>(>*From )/$1/ if $kind eq "mailbox";
            $text .= $line;
        }
        show() if length $text;
        """#
}
