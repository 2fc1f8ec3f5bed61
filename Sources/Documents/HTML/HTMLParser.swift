import CLibXML2
import Foundation

/// Parses pages with libxml2, which repairs what authors have left broken.
///
/// The library only reports what it finds; no tree of its own is built, no entity, file or address is loaded. It is fed
/// piece by piece, so that the clock and the limits of ``HTMLTreeBuilder`` can stop it in between.
enum HTMLParser {
    private static let pieceLength = 16_384

    /// - Parameters:
    ///   - text: of the page; what it says of its own encoding does not count.
    ///   - timeLimit: for the whole of it.
    static func parse(_ text: String, timeLimit: Duration = .seconds(10)) throws(HTMLFlaw) -> HTMLTree {
        _ = library
        let builder = HTMLTreeBuilder()
        var handler = handler()
        let context = htmlCreatePushParserCtxt(
            &handler, Unmanaged.passUnretained(builder).toOpaque(), nil, 0, nil, XML_CHAR_ENCODING_UTF8)
        guard let context else { throw .noParser }
        defer { htmlFreeParserCtxt(context) }
        let options = [
            HTML_PARSE_RECOVER, HTML_PARSE_NOERROR, HTML_PARSE_NOWARNING, HTML_PARSE_NONET, HTML_PARSE_IGNORE_ENC,
        ]
        htmlCtxtUseOptions(context, Int32(bitPattern: options.reduce(0) { $0 | $1.rawValue }))
        try withExtendedLifetime(builder) { () throws(HTMLFlaw) in
            try feed(text.utf8.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, to: context, builder, until: .now + timeLimit)
        }
        return builder.tree
    }

    /// Threads may parse at the same time once this has been done.
    private static let library: Void = xmlInitParser()

    private static func feed(
        _ bytes: [UInt8], to context: htmlParserCtxtPtr, _ builder: HTMLTreeBuilder, until end: ContinuousClock.Instant
    ) throws(HTMLFlaw) {
        // The library's flag for the end of input comes with an empty piece.
        for start in stride(from: 0, through: bytes.count, by: pieceLength) {
            let piece = bytes[start..<min(start + pieceLength, bytes.count)]
            piece.withUnsafeBytes { buffer in
                let isLast = start + pieceLength > bytes.count
                _ = htmlParseChunk(
                    context, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count),
                    isLast ? 1 : 0)
            }
            if let flaw = builder.flaw { throw flaw }
            if ContinuousClock.now > end { throw .tooSlow }
        }
    }

    /// The library calls back with the context that it was given; all calls happen inside ``feed``.
    private static func handler() -> htmlSAXHandler {
        var handler = htmlSAXHandler()
        handler.startElement = { user, name, attributes in
            guard let builder = HTMLParser.builder(user), let name else { return }
            builder.start(HTMLParser.element(name, attributes))
        }
        handler.endElement = { user, name in
            guard let name else { return }
            HTMLParser.builder(user)?.end(String(cString: name))
        }
        handler.characters = HTMLParser.characters
        handler.ignorableWhitespace = HTMLParser.characters
        // Scripts and styles, which are no text.
        handler.cdataBlock = { _, _, _ in }
        return handler
    }

    private static let characters: charactersSAXFunc = { user, bytes, count in
        guard let bytes, count > 0 else { return }
        HTMLParser.builder(user)?.append(UnsafeBufferPointer(start: bytes, count: Int(count)))
    }

    private static func builder(_ user: UnsafeMutableRawPointer?) -> HTMLTreeBuilder? {
        user.map { Unmanaged<HTMLTreeBuilder>.fromOpaque($0).takeUnretainedValue() }
    }

    /// - Parameter attributes: names and values in turn, nil at the end; an attribute may have no value.
    private static func element(
        _ name: UnsafePointer<xmlChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) -> HTMLElement {
        var kept: [(String, String)] = []
        var next = attributes
        while let pair = next, let attribute = pair[0] {
            let attributeName = String(cString: attribute).lowercased()
            if HTMLElement.keptAttributes.contains(attributeName) {
                kept.append((attributeName, pair[1].map { String(cString: $0) } ?? ""))
            }
            next = pair.advanced(by: 2)
        }
        return HTMLElement(name: String(cString: name).lowercased(), attributes: kept)
    }
}
