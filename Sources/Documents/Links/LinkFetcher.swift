import AsyncHTTPClient
public import NIOCore
import NIOHTTP1

/// Fetches what links lead to, without letting them lead where only the server may go.
///
/// One link is one chain of requests: each URL of it is checked by ``LinkGuard`` and asked at the address that was
/// checked, by ``LinkExchange``. Sizes are counted while bytes come, after unpacking; the whole chain has one time
/// limit. There is no browser: pages that are made by their scripts have little text here.
public struct LinkFetcher: Sendable {
    let linkGuard: LinkGuard
    let exchange: LinkExchange
    let limits: LinkLimits
    /// Told the host and what stood in the way when nothing came of a link.
    public var report: @Sendable (_ host: String, _ reason: String) -> Void = { _, _ in }

    /// - Parameters:
    ///   - allowsAnyAddress: whether links may lead into the server's own network.
    ///   - eventLoops: where connections live; nil for those that all clients share.
    public init(
        allowsAnyAddress: Bool, resolver: any HostResolver = SystemResolver(), limits: LinkLimits = .standard,
        eventLoops: (any EventLoopGroup)? = nil
    ) {
        linkGuard = LinkGuard(resolver: resolver, allowsAnyAddress: allowsAnyAddress)
        exchange = LinkExchange(eventLoops: eventLoops ?? HTTPClient.defaultEventLoopGroup, limits: limits)
        self.limits = limits
    }

    /// A page with its title, for whoever wants to read it and not to store it.
    ///
    /// - Throws: ``LinkRefusal``; files are `unsupportedType`.
    public func page(_ link: LinkAddress, headers: ScraperHeaders = .none) async throws -> LinkedPage {
        guard case .page(let page) = try await fetch(link, headers, isFile: false) else {
            throw LinkRefusal.unsupportedType(link: link.text, type: "a file")
        }
        return page
    }

    /// What a link leads to, in the order of the contract (`contract/documents.md` 8.2): a file when `HEAD` says so, else
    /// a page. A server that does not like `HEAD` may still turn out to have a file.
    ///
    /// - Throws: ``LinkRefusal``.
    func content(_ link: LinkAddress, headers: ScraperHeaders = .none) async throws -> LinkedContent {
        try await fetch(link, headers, isFile: await announcesFile(link, headers))
    }

    /// The bytes that a link leads to, whatever they are, as long as they are not more than a page may have.
    ///
    /// - Throws: ``LinkRefusal``.
    func bytes(of link: LinkAddress) async throws -> [UInt8] {
        try await follow(link, .none, .GET, sizeLimit: limits.pageBytes, within: limits.pageTime) { answer in
            guard answer.status.isSuccess else {
                throw LinkRefusal.status(code: Int(answer.status.code), phrase: answer.status.reasonPhrase)
            }
            return try await answer.body(limit: limits.pageBytes)
        }
    }

    private func announcesFile(_ link: LinkAddress, _ headers: ScraperHeaders) async throws -> Bool {
        do {
            return try await follow(link, headers, .HEAD, sizeLimit: 0, within: limits.headTime) { answer in
                answer.status.isSuccess && LinkContentType.fileExtension(answer.essence) != nil
            }
        } catch LinkRefusal.invalidURL {
            throw LinkRefusal.invalidURL
        } catch {
            // Whatever is wrong with HEAD, GET shows it.
            try Task.checkCancellation()
            return false
        }
    }

    private func fetch(_ link: LinkAddress, _ headers: ScraperHeaders, isFile: Bool) async throws -> LinkedContent {
        let limit = limits.fileBytes
        return try await follow(
            link, headers, .GET, sizeLimit: limit, within: isFile ? limits.fileTime : limits.pageTime
        ) { answer in
            if isFile, !answer.status.isSuccess {
                throw LinkRefusal.status(code: Int(answer.status.code), phrase: answer.status.reasonPhrase)
            }
            return try await answer.content(isFile: isFile)
        }
    }

    /// Asks for the link, and for what it redirects to, until an answer is none.
    func follow<Result: Sendable>(
        _ link: LinkAddress, _ headers: ScraperHeaders, _ method: HTTPMethod, sizeLimit: Int, within time: Duration,
        _ read: @escaping @Sendable (LinkAnswer) async throws -> Result
    ) async throws -> Result {
        let chain = LinkChain(
            fetcher: self, link: link, headers: headers, method: method, sizeLimit: sizeLimit)
        do {
            return try await withTimeLimit(time, of: link) { try await chain.run(read) }
        } catch let error as LinkRefusal {
            throw error
        } catch {
            try Task.checkCancellation()
            report(link.url.hostText, String(describing: error))
            throw LinkRefusal.noContent(link: link.text)
        }
    }

    /// The first to end, work or clock, ends the other.
    private func withTimeLimit<Result: Sendable>(
        _ time: Duration, of link: LinkAddress, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: time)
                throw LinkRefusal.tooSlow(link: link.text, seconds: Int(time.components.seconds))
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }
}

extension HTTPResponseStatus {
    fileprivate var isSuccess: Bool { (200..<300).contains(code) }
}
