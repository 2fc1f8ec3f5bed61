import FoundationEssentials
import OrderedJSON

extension RemoteEmbedder.Clock {
    static let system = RemoteEmbedder.Clock(
        now: { Date().timeIntervalSince1970 }, sleep: { try await Task.sleep(for: .seconds($0)) })
}

extension RemoteEmbedder {
    /// The vectors of texts that go in one request, in order.
    func embed(batch: ArraySlice<String>, isBulk: Bool) async throws(EmbeddingError) -> [[Float]] {
        let post = try post(batch)
        var retries = EmbeddingRetries(settings, isBulk: isBulk)
        while true {
            do throws(JSONPost.Failure) {
                let answer = try await post.send(with: client)
                let vectors = try EmbeddingsAnswer.vectors(answer, count: batch.count, form: row.form)
                if let dimensions, let other = vectors.first(where: { $0.count != dimensions }) {
                    throw JSONPost.Failure(
                        message: "a vector of \(other.count) dimensions came back; \(dimensions) were asked for.")
                }
                return vectors
            } catch {
                guard let status = error.status,
                    let seconds = retries.wait(status: status, retryAfter: error.retryAfter, now: clock.now())
                else { throw translated(error) }
                try await wait(seconds)
            }
        }
    }

    private func translated(_ error: JSONPost.Failure) -> EmbeddingError {
        if error.isCancelled { return EmbeddingError(.cancelled, "The embedding was cancelled.", cause: error.cause) }
        if error.status == 429, let throttled = row.throttled {
            return EmbeddingError(.upstream, throttled, cause: error.cause)
        }
        if error.isUnreachable, let unreachable = row.unreachable {
            return EmbeddingError(.upstream, unreachable, cause: error.cause)
        }
        return failure((row.showsKind ? "[failed_to_embed]: " : "") + error.message, cause: error.cause)
    }

    private func post(_ batch: ArraySlice<String>) throws(EmbeddingError) -> JSONPost {
        let base = try base()
        let headers = try headers()
        let name = try modelForRequest()
        return JSONPost(
            url: base + path(model: name ?? ""), headers: headers, body: body(batch, model: name).encoded(),
            timeout: .milliseconds(settings.integer("ANYTHINGLLM_FETCH_TIMEOUT", above: 0) ?? 600_000))
    }

    /// - Throws: `badSettings` in the words of contract/providers.md 4.
    func base() throws(EmbeddingError) -> String {
        let url: String
        switch row.address {
        case .fixed(let fixed): url = fixed
        case .setting(let name, let missing):
            guard let given = settings[name] else { throw EmbeddingError(.badSettings, missing) }
            url = given
        case .origin(let name, let path, let missing):
            guard let given = settings[name] else { throw EmbeddingError(.badSettings, missing) }
            url = Self.origin(of: given) + path
        }
        return String(url.reversed().drop { $0 == "/" }.reversed())
    }

    /// Scheme, host and port of an address; all of it when there is no scheme.
    private static func origin(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let host = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return String(url[..<scheme.upperBound] + host)
    }

    /// - Throws: `badSettings` when a key that is needed is not set.
    func headers() throws(EmbeddingError) -> [(name: String, value: String)] {
        guard let key = row.key else { return [] }
        guard let value = settings[key.setting] else {
            if let missing = key.missing { throw EmbeddingError(.badSettings, missing) }
            return []
        }
        return [(key.header, key.header == "Authorization" ? "Bearer \(value)" : value)]
    }

    private func modelForRequest() throws(EmbeddingError) -> String? {
        if case .required(let missing) = row.model, model == nil { throw EmbeddingError(.badSettings, missing) }
        return model
    }

    private func path(model: String) -> String {
        switch row.form {
        case .openAI: return "/embeddings"
        case .ollama: return "/api/embed"
        case .azure(let version):
            return "/openai/deployments/\(Self.escaped(model))/embeddings?api-version=\(version)"
        }
    }

    /// A part of a path (RFC 3986, section 3.3), with nothing but unreserved characters as they are.
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            let isPlain = character.isASCII && (character.isLetter || character.isNumber || "-._~".contains(character))
            return isPlain ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private func body(_ batch: ArraySlice<String>, model: String?) -> JSONValue {
        var body: JSONObject = ["model": JSONValue(model), "input": .array(batch.map(JSONValue.string))]
        switch row.form {
        case .openAI(let encoding):
            if let encoding { body["encoding_format"] = .string(encoding) }
        case .azure: body["encoding_format"] = "base64"
        case .ollama: body["options"] = ["num_ctx": JSONValue(maximumChunkLength)]
        }
        if let dimensions { body["dimensions"] = JSONValue(dimensions) }
        return .object(body)
    }
}
