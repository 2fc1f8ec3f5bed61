import Foundation
import OrderedJSON
import TestSupport
import Testing

@testable import Documents

@Suite("Videos")
struct VideoTranscriptTests {
    private static let id = "dQw4w9WgXcQ"

    static let videos = [
        "https://youtu.be/\(id)", "https://youtu.be/\(id)?t=5", "youtube.com/watch?v=\(id)",
        "http://www.youtube.com/watch?list=x&v=\(id)&t=1",
        "https://m.youtube.com/embed/\(id)", "https://music.youtube.com/watch?v=\(id)", "https://youtube.com/v/\(id)",
        "https://www.youtube.com/shorts/\(id)", "https://www.youtube.com/live/\(id)?x",
    ]

    @Test("are known by their addresses", arguments: videos)
    func known(link: String) throws {
        #expect(VideoAddress(try LinkAddress(.string(link)).url)?.id == Self.id)
    }

    static let others = [
        "https://youtube.com/", "https://youtube.com/watch?v=short", "https://youtube.com/watch",
        "https://youtube.com/@channel",
        "https://example.com/watch?v=\(id)", "https://youtube.com.example/watch?v=\(id)", "https://youtu.be/",
        "https://youtube.com/embed/\(id)x",
        "https://youtube.com/playlist?list=\(id)", "https://youtube.com/watch?v=dQw4w9%20gXcQ",
    ]

    @Test("other addresses are pages", arguments: others)
    func unknown(link: String) throws {
        #expect(VideoAddress(try LinkAddress(.string(link)).url) == nil)
    }

    private static let environment = DocumentEnvironment(
        now: { 1_700_000_000_000 }, timeZone: .gmt, makeID: { "id" }, tokenEstimate: { $0.utf8.count })

    /// The record of a video whose site answers with `page`, and with `captions` for `/captions`.
    private static func record(page: String, captions: String) async throws -> DocumentRecord {
        let server = try ScriptedHTTPServer { request in
            let isPage = request.path == "/watch?v=\(id)"
            let body = isPage ? page.replacing("HOST", with: "http://" + (request.headers["host"] ?? "")) : captions
            return .answer(
                status: isPage || request.path == "/captions?lang=en" ? 200 : 404, type: "text/html", body: body)
        }
        defer { server.stop() }
        let link = try LinkAddress(.string("https://youtu.be/\(id)"))
        let video = try #require(VideoAddress(link.url))
        // Each link has its own origin here, so the literal counts for both.
        let fetcher = LinkFetcher(allowsAnyAddress: false)
        return try await VideoTranscript(
            fetcher: fetcher, link: link, video: video, site: "http://127.0.0.1:\(server.port)"
        )
        .record(in: environment)
    }

    private static func page(tracks: String) -> String {
        """
        <script>var ytInitialPlayerResponse = {"videoDetails":{"title":"Tides {1}","author":"Harbour Ünit",\
        "shortDescription":"About tides."},"captions":{"playerCaptionsTracklistRenderer":{"captionTracks":[\(tracks)]}}};\
        var x = {"a":1};</script>
        """
    }

    @Test("become a document with what is said, from written captions in English")
    func store() async throws {
        let page = Self.page(
            tracks: """
                {"baseUrl":"HOST/none","languageCode":"de"},{"baseUrl":"HOST/none","languageCode":"en","kind":"asr"},\
                {"baseUrl":"HOST/captions?lang=en","languageCode":"en-GB"}
                """)
        let captions = """
            <?xml version="1.0" encoding="utf-8" ?><transcript><text start="0" dur="1">High  water
            at noon.</text><text start="1"> </text><text start="2">It&amp;#39;s 5 &amp;lt; 6.</text></transcript>
            """
        let record = try await Self.record(page: page, captions: captions)
        #expect(record.pageContent == "High water at noon. It's 5 < 6.")
        #expect(record.location.path == "harbour-unit-youtube-transcripts/Tides-1-id.json")
        let expected: [(String, String)] = [
            ("id", "id"), ("url", "https://youtu.be/\(Self.id).youtube"), ("title", "Tides {1}"),
            ("docAuthor", "Harbour Ünit"),
            ("description", "About tides."), ("docSource", "https://youtu.be/\(Self.id)"),
            ("chunkSource", "youtube://https://youtu.be/\(Self.id)"), ("published", "11/14/2023, 10:13:20 PM"),
        ]
        for (key, value) in expected { #expect(record.metadata[key] == .string(value)) }
    }

    /// Page, captions, and the reason.
    static let failures: [(String, String, String)] = [
        ("<p>nothing", "", "No transcript found for that YouTube video."),
        (page(tracks: ""), "", "No transcript found for that YouTube video."),
        ("ytInitialPlayerResponse = {\"a\":", "", "No transcript found for that YouTube video."),
        (
            page(tracks: #"{"baseUrl":"HOST/captions?lang=en","languageCode":"en"}"#), "",
            "No transcript could be parsed for that YouTube video."
        ),
        (
            page(tracks: #"{"baseUrl":"HOST/other","languageCode":"en"}"#), "",
            "Failed to get YouTube video transcription: HTTP 404: Not Found"
        ),
        (
            page(tracks: #"{"baseUrl":"http://10.0.0.1/","languageCode":"en"}"#), "",
            "Failed to get YouTube video transcription: Not a valid URL."
        ),
    ]

    @Test("without captions they are refused with the reference's reasons", arguments: failures)
    func refuse(page: String, captions: String, reason: String) async {
        await #expect(throws: LinkRefusal.video(reason)) { try await Self.record(page: page, captions: captions) }
    }
}
