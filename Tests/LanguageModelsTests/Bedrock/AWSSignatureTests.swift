import Testing

@testable import LanguageModels

/// Signatures compared with those of botocore 1.44.5 (`botocore.auth.SigV4Auth`) for the same requests.
struct AWSSignatureTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        var region: String
        var token: String?
        var model: String
        var operation: String
        var body: String
        var time: UTCTime
        var signedHeaders: String
        var signature: String

        var testDescription: String { model }
    }

    static let vectors = [
        Vector(
            region: "eu-central-1", model: "anthropic.claude-3-5-sonnet-20240620-v1:0", operation: "converse",
            body: #"{"messages":[]}"#,
            time: UTCTime(year: 2026, month: 3, day: 4, hour: 11, minute: 0, second: 2),
            signedHeaders: "content-type;host;x-amz-date",
            signature: "81609a4329832e5daffea2c14847e28a64da5740f17155acc6cbfb3577eb967a"),
        Vector(
            region: "us-east-1", token: "FwoGZXIvYXdzEXAMPLETOKEN==",
            model: "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0",
            operation: "converse-stream", body: #"{"messages":[{"role":"user","content":[{"text":"Größe 😀"}]}]}"#,
            time: UTCTime(year: 2024, month: 2, day: 29, hour: 23, minute: 59, second: 59),
            signedHeaders: "content-type;host;x-amz-date;x-amz-security-token",
            signature: "5610d47024f8f54e0ed3a375d4d27dcc2764c92882c8f1966fe610be4f343bbf"),
        Vector(
            region: "us-west-2", model: "meta.llama3-8b-instruct-v1:0", operation: "converse-stream", body: "",
            time: UTCTime(year: 2030, month: 12, day: 31, hour: 0, minute: 0, second: 0),
            signedHeaders: "content-type;host;x-amz-date",
            signature: "ff688c4e6f91b2f71a09f01dabe77d9cc8d2a77d1d2c434228b9b8fb75c1448a"),
    ]

    @Test("signatures are botocore's", arguments: vectors)
    func signature(vector: Vector) {
        let signature = AWSSignature(
            credentials: AWSSignature.Credentials(
                accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                sessionToken: vector.token), region: vector.region, service: "bedrock")
        let headers = signature.headers(
            method: "POST", host: "bedrock-runtime.\(vector.region).amazonaws.com",
            path: "/model/\(PercentEncoding.segment(vector.model))/\(vector.operation)",
            contentType: "application/json", body: Array(vector.body.utf8), time: vector.time)
        let values = Dictionary(uniqueKeysWithValues: headers.map { ($0.name, $0.value) })
        #expect(values["x-amz-date"] == vector.time.basicDateTime)
        #expect(values["x-amz-security-token"] == vector.token)
        #expect(
            values["authorization"] == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\(vector.time.basicDate)/"
                + "\(vector.region)/bedrock/aws4_request, SignedHeaders=\(vector.signedHeaders), "
                + "Signature=\(vector.signature)")
    }

    /// RFC 3986, section 2.3.
    @Test(
        "only unreserved characters stay as they are",
        arguments: [
            ("aZ09-._~", "aZ09-._~"), ("a:b/c d", "a%3Ab%2Fc%20d"), ("ü+%", "%C3%BC%2B%25"), ("", ""),
        ])
    func percentEncoding(text: String, encoded: String) {
        #expect(PercentEncoding.segment(text) == encoded)
    }
}
