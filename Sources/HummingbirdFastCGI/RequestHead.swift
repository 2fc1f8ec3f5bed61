import HTTPTypes

/// A request line and fields, made from CGI variables (RFC 3875, section 4.1).
struct RequestHead {
    let request: HTTPRequest
    /// `CONTENT_LENGTH` in bytes; `nil` when the client did not say (chunked, request buffering off).
    let contentLength: Int?

    /// Whether a body can follow. GET and HEAD without a length have none.
    var mayHaveBody: Bool {
        switch contentLength {
        case 0: false
        case .some: true
        case nil: request.method != .get && request.method != .head
        }
    }

    /// - Throws: ``FastCGIError/malformedRequest(reason:)``.
    init(_ parameters: FastCGIParameters) throws(FastCGIError) {
        var fields = HTTPFields()
        var variables = Variables()
        for entry in parameters.entries {
            Self.read(entry, of: parameters, into: &variables, &fields)
        }
        guard let methodName = variables.method, let method = HTTPRequest.Method(methodName) else {
            throw .malformedRequest(reason: "REQUEST_METHOD is absent or not a method")
        }
        guard let path = variables.path, path.utf8.first == UInt8(ascii: "/") else {
            throw .malformedRequest(reason: "REQUEST_URI is absent or not a path")
        }
        contentLength = try Self.length(variables.contentLength)
        if let type = variables.contentType, !type.isEmpty { fields[.contentType] = type }
        if let contentLength { fields[.contentLength] = String(contentLength) }
        request = HTTPRequest(
            method: method, scheme: variables.scheme ?? "http", authority: variables.host ?? variables.serverName,
            path: path, headerFields: fields)
    }

    /// The variables that are not header fields.
    private struct Variables {
        var method: String?
        var requestURI: String?
        var scriptName: String?
        var query: String?
        var scheme: String?
        var host: String?
        var serverName: String?
        var contentType: String?
        var contentLength: String?

        /// The first occurrence of a name counts.
        mutating func read(_ name: String, _ value: UnsafeBufferPointer<UInt8>) {
            func text() -> String { String(decoding: value, as: UTF8.self) }
            switch name {
            case "REQUEST_METHOD": method = method ?? text()
            case "REQUEST_URI": requestURI = requestURI ?? text()
            case "SCRIPT_NAME": scriptName = scriptName ?? text()
            case "QUERY_STRING": query = query ?? text()
            case "REQUEST_SCHEME": scheme = scheme ?? text()
            case "SERVER_NAME": serverName = serverName ?? text()
            case "CONTENT_TYPE": contentType = contentType ?? text()
            case "CONTENT_LENGTH": contentLength = contentLength ?? text()
            default: break
            }
        }

        /// `REQUEST_URI` as the client sent it; without it the decoded `SCRIPT_NAME` with the query.
        var path: String? {
            if let requestURI, !requestURI.isEmpty { return requestURI }
            guard let scriptName else { return nil }
            guard let query, !query.isEmpty else { return scriptName }
            return "\(scriptName)?\(query)"
        }
    }

    private static func read(
        _ entry: FastCGIParameters.Entry, of parameters: FastCGIParameters, into variables: inout Variables,
        _ fields: inout HTTPFields
    ) {
        parameters.bytes.withUnsafeBufferPointer { bytes in
            let name = UnsafeBufferPointer(rebasing: bytes[entry.start..<entry.separator])
            let value = UnsafeBufferPointer(rebasing: bytes[(entry.separator + 1)..<entry.end])
            if name.count > 5, name.starts(with: "HTTP_".utf8) {
                readField(UnsafeBufferPointer(rebasing: name[5...]), value, into: &variables, &fields)
                return
            }
            variables.read(String(decoding: name, as: UTF8.self), value)
        }
    }

    /// `HTTP_X_FOO` is the field `x-foo`. The two body fields come from their own variables, because a server may
    /// have changed them; a name that is no token is dropped, as nginx drops it.
    private static func readField(
        _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>, into variables: inout Variables,
        _ fields: inout HTTPFields
    ) {
        let fieldName = String(unsafeUninitializedCapacity: name.count) { target in
            for (index, byte) in name.enumerated() {
                target[index] =
                    switch byte {
                    case UInt8(ascii: "_"): UInt8(ascii: "-")
                    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
                    default: byte
                    }
            }
            return name.count
        }
        switch fieldName {
        case "host": variables.host = String(decoding: value, as: UTF8.self)
        case "content-length", "content-type": break
        default:
            guard let name = HTTPField.Name(fieldName) else { return }
            fields.append(HTTPField(name: name, value: value))
        }
    }

    private static func length(_ text: String?) throws(FastCGIError) -> Int? {
        guard let text, !text.isEmpty else { return nil }
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let length = Int(text)
        else { throw .malformedRequest(reason: "CONTENT_LENGTH is not a number of bytes") }
        return length
    }
}
