import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// The answer at the end of a link, whose body has not been read yet.
struct LinkAnswer: Sendable {
    let response: HTTPClientResponse
    /// Where the redirects have led.
    let url: WebURL
    let chain: LinkChain

    var status: HTTPResponseStatus { response.status }
    var contentType: String? { response.headers.first(name: "Content-Type") }
    /// The media type without parameters.
    var essence: String { LinkContentType.essence(contentType) }

    /// Reads the body as what it is.
    ///
    /// - Parameter isFile: whether HEAD has said that it is a file.
    func content(isFile: Bool) async throws -> LinkedContent {
        let limits = chain.fetcher.limits
        let announced = LinkContentType.fileExtension(essence)
        let takesFile = isFile || (announced != nil && (200..<300).contains(status.code))
        let bytes = try await body(limit: takesFile || essence.isEmpty ? limits.fileBytes : limits.pageBytes)
        switch LinkContentType(contentType, head: bytes) {
        case .file(let suffix) where takesFile || (essence.isEmpty && status.code == 200):
            return .file(name: fileName(suffix), bytes: bytes)
        case .html:
            guard bytes.count <= limits.pageBytes else { throw tooLarge(limits.pageBytes) }
            return .page(try page(bytes))
        case .text, .file:
            let text = EncodedText.decode(bytes, contentType: contentType)
            guard text.isEmpty || TextTest.looksLikeText(Array(text.utf8.prefix(1_024))) else { throw unsupported }
            return .page(LinkedPage(title: nil, text: text))
        case .unknown: throw unsupported
        }
    }

    private func page(_ bytes: [UInt8]) throws(LinkRefusal) -> LinkedPage {
        do {
            return try HTMLPage(bytes, contentType: contentType, url: url).markdown
        } catch {
            throw .tooComplex(link: chain.link.text)
        }
    }

    private var unsupported: LinkRefusal {
        .unsupportedType(link: chain.link.text, type: essence.isEmpty ? "unknown" : essence)
    }

    private func tooLarge(_ limit: Int) -> LinkRefusal { .tooLarge(link: chain.link.text, limit: limit) }

    /// - Parameter limit: in bytes, unpacked.
    func body(limit: Int) async throws -> [UInt8] {
        let coding = response.headers[canonicalForm: "Content-Encoding"].map { $0.lowercased() }
        guard coding.isEmpty || ["gzip", "deflate", "identity"].contains(coding.joined(separator: ",")) else {
            throw LinkRefusal.unreadableBody(link: chain.link.text)
        }
        let length = response.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        guard length <= limit else { throw tooLarge(limit) }
        var bytes: [UInt8] = []
        do {
            for try await part in response.body {
                guard bytes.count + part.readableBytes <= limit else { throw tooLarge(limit) }
                bytes.append(contentsOf: part.readableBytesView)
            }
        } catch let error as LinkRefusal {
            throw error
        } catch  where !coding.isEmpty && !Task.isCancelled {
            throw LinkRefusal.unreadableBody(link: chain.link.text)
        }
        return bytes
    }

    /// `<host>-<path>`, with the extension of the type when the path has none that says more (8.2).
    private func fileName(_ suffix: String) -> String {
        let url = chain.link.url
        let path = String(decoding: URLEncoding.decode(url.pathText), as: UTF8.self)
        let name = String((url.hostText + "-" + Slug.documentLowercased(path)).prefix(Self.nameLimit))
        let isFit = AcceptedFileTypes.extensions.contains(FileName.fileExtension(name))
        return FileName.sanitize(isFit ? name : name + suffix)
    }

    /// Characters, which are ASCII here.
    private static let nameLimit = 512
}
