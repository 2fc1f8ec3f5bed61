import OrderedJSON

/// What is said in a video of YouTube, from the captions that its page names (`contract/documents.md` 8.2).
///
/// No script runs here, so videos whose captions are handed out to players alone have none.
struct VideoTranscript: Sendable {
    let fetcher: LinkFetcher
    let link: LinkAddress
    let video: VideoAddress
    /// Where pages of videos are.
    var site = "https://www.youtube.com"

    /// - Throws: ``LinkRefusal/video(_:)`` with the reference's reasons.
    func record(in environment: DocumentEnvironment) async throws -> DocumentRecord {
        let player = try await player()
        guard let track = Self.track(player) else {
            throw LinkRefusal.video("No transcript found for that YouTube video.")
        }
        let segments = Self.segments(try await get(track))
        guard !segments.isEmpty else {
            throw LinkRefusal.video("No transcript could be parsed for that YouTube video.")
        }
        return record(player["videoDetails"], text: segments.joined(separator: " "), environment)
    }

    private func record(_ details: JSONValue?, text: String, _ environment: DocumentEnvironment) -> DocumentRecord {
        func detail(_ key: String) -> String { String((details?[key]?.stringValue ?? "").prefix(Self.detailLimit)) }
        let title = detail("title").isEmpty ? link.text : detail("title")
        let folder = FileName.sanitize(Slug.documentLowercased(detail("author") + " YouTube transcripts"))
        return DocumentRecord(
            id: environment.makeID(),
            description: [
                ("url", .string(link.text + ".youtube")), ("title", .string(title)),
                ("docAuthor", .string(detail("author"))), ("description", .string(detail("shortDescription"))),
                ("docSource", .string(link.text)), ("chunkSource", .string("youtube://" + link.text)),
                ("published", .string(PublishedDate.text(environment.now(), timeZone: environment.timeZone))),
            ],
            text: text, folder: folder, stem: Slug.document(title), environment: environment)
    }

    /// Characters of title, channel and description; YouTube has 100, 100 and 5,000.
    private static let detailLimit = 240

    private func get(_ address: String) async throws -> String {
        do {
            return EncodedText.decode(try await fetcher.bytes(of: try LinkAddress(.string(address))), contentType: nil)
        } catch let refusal as LinkRefusal {
            throw LinkRefusal.video("Failed to get YouTube video transcription: \(refusal)")
        }
    }

    /// What the page tells its player.
    private func player() async throws -> JSONValue {
        let page = Array(try await get("\(site)/watch?v=\(video.id)").utf8)
        guard let name = page.firstRange(of: Array("ytInitialPlayerResponse".utf8)),
            let start = page[name.upperBound...].firstIndex(of: UInt8(ascii: "{")),
            let json = LenientJSON.first(in: page[start...])
        else { return [:] }
        return json
    }

    /// Written captions before recognised ones, English ones first, else whatever comes first.
    private static func track(_ player: JSONValue) -> String? {
        let list = player["captions"]?["playerCaptionsTracklistRenderer"]?["captionTracks"]?.arrayValue ?? []
        let english = list.filter { $0["languageCode"]?.stringValue?.hasPrefix("en") ?? false }
        let written = english.first { $0["kind"]?.stringValue != "asr" }
        return (written ?? english.first ?? list.first)?["baseUrl"]?.stringValue
    }

    /// Captions are `<text>` elements or, in a newer form, `<p>`; what they say has its entities encoded twice.
    private static func segments(_ captions: String) -> [String] {
        guard let tree = try? HTMLParser.parse(captions) else { return [] }  // Nothing that could be parsed.
        return tree.nodes.indices.compactMap { index in
            guard let name = tree.element(at: index)?.name, name == "text" || name == "p" else { return nil }
            let words = MarkdownText.collapsed(plain(tree.text(inside: index)))
            return words.isEmpty ? nil : words
        }
    }

    private static func plain(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        let tree = try? HTMLParser.parse(text.replacing("<", with: "&lt;"))  // Then it stays as it is.
        return tree.map { $0.nodes.isEmpty ? "" : $0.text(inside: 0) } ?? text
    }
}
