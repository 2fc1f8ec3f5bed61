import Crypto

/// Signs requests with AWS Signature Version 4, in the `Authorization` header.
///
/// Source: AWS, "Signature Version 4 for API requests", "Create a signed AWS API request"
/// (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
struct AWSSignature: Sendable {
    struct Credentials: Sendable {
        var accessKeyID: String
        var secretAccessKey: String
        /// Of temporary credentials.
        var sessionToken: String?
    }

    private static let algorithm = "AWS4-HMAC-SHA256"

    var credentials: Credentials
    var region: String
    var service: String

    /// The headers that a request without a query needs beside its own.
    ///
    /// - Parameters:
    ///   - host: as in the `Host` header.
    ///   - path: percent-encoded as it is sent; it is encoded once more for the signature, as every service but S3
    ///     wants it.
    ///   - contentType: the request's own header; it is signed when there is one.
    func headers(
        method: String, host: String, path: String, contentType: String?, body: [UInt8], time: UTCTime
    ) -> [(name: String, value: String)] {
        let date = time.basicDateTime
        var signed: [(name: String, value: String)] = []
        if let contentType { signed.append(("content-type", contentType)) }
        signed += [("host", host), ("x-amz-date", date)]
        if let token = credentials.sessionToken { signed.append(("x-amz-security-token", token)) }
        let names = signed.map(\.name).joined(separator: ";")
        let canonical = [
            method, PercentEncoding.path(path), "", signed.map { "\($0.name):\($0.value)\n" }.joined(), names,
            Self.hex(SHA256.hash(data: body)),
        ].joined(separator: "\n")
        let scope = [time.basicDate, region, service, "aws4_request"].joined(separator: "/")
        let text = [Self.algorithm, date, scope, Self.hex(SHA256.hash(data: Array(canonical.utf8)))]
            .joined(separator: "\n")
        let signature = Self.hex(code(text, key: signingKey(time.basicDate)))
        let authorization =
            "\(Self.algorithm) Credential=\(credentials.accessKeyID)/\(scope), "
            + "SignedHeaders=\(names), Signature=\(signature)"
        return signed.filter { $0.name.hasPrefix("x-amz-") } + [("authorization", authorization)]
    }

    private func signingKey(_ date: String) -> SymmetricKey {
        let secret = SymmetricKey(data: Array(("AWS4" + credentials.secretAccessKey).utf8))
        return [date, region, service, "aws4_request"].reduce(secret) { key, part in
            SymmetricKey(data: code(part, key: key))
        }
    }

    private func code(_ text: String, key: SymmetricKey) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
