import Testing

@Suite("Bad forms on the upload routes")
struct MultipartWalkTests {
    static let routes = RouteWalkTests.routes.filter { $0.template.hasPrefix("v1/document/upload") && $0.body == nil }

    private static let file = MultipartBody.file("a.txt", "High water.")

    /// What it is, the form, its content type, and the answer's status; a 500 is the one of contract/documents.md 3.1.
    static let forms: [(String, String, String, Int)] = [
        ("no boundary", MultipartBody.good, "multipart/form-data", 500),
        ("empty boundary", MultipartBody.good, "multipart/form-data; boundary=", 500),
        ("other boundary", MultipartBody.good, "multipart/form-data; boundary=YY", 500),
        (
            "boundary that is too long", MultipartBody.good,
            "multipart/form-data; boundary=" + String(repeating: "X", count: 300), 500
        ),
        (
            "boundary of 1 MB", MultipartBody.good,
            "multipart/form-data; boundary=" + String(repeating: "X", count: 1 << 20), 500
        ),
        ("open quote", MultipartBody.good, #"multipart/form-data; boundary="XX"#, 200),
        ("other kind", MultipartBody.good, "multipart/mixed; boundary=XX", 500),
        ("no part", MultipartBody.form(""), MultipartBody.contentType, 500),
        ("never closed", file, MultipartBody.contentType, 500),
        (
            "closed within a header", "--XX\r\nContent-Disposition: form-data; name=\"file\"--XX--\r\n",
            MultipartBody.contentType, 500
        ),
        ("line feeds only", MultipartBody.good.replacing("\r\n", with: "\n"), MultipartBody.contentType, 500),
        ("two files", MultipartBody.form(file + file), MultipartBody.contentType, 500),
        (
            "file in another field", MultipartBody.form(MultipartBody.part(#"name="f"; filename="a.txt""#, "a") + file),
            MultipartBody.contentType, 500
        ),
        (
            "file without a name", MultipartBody.form(MultipartBody.part(#"name="file"; filename="""#, "a")),
            MultipartBody.contentType, 500
        ),
        (
            "field without a name", MultipartBody.form(MultipartBody.part("x=y", "a") + file),
            MultipartBody.contentType, 200
        ),
        (
            "header without a colon", MultipartBody.form("--XX\r\nnonsense\r\n\r\na\r\n" + file),
            MultipartBody.contentType, 500
        ),
        (
            "header of 20 KB",
            MultipartBody.form("--XX\r\nA: " + String(repeating: "b", count: 20_000) + "\r\n\r\na\r\n"),
            MultipartBody.contentType, 500
        ),
        (
            "name of 10 MB", MultipartBody.form(MultipartBody.file(String(repeating: "x", count: 10_000_000), "a")),
            MultipartBody.contentType, 500
        ),
        (
            "name of 2 KB", MultipartBody.form(MultipartBody.file(String(repeating: "x", count: 2_000) + ".txt", "a")),
            MultipartBody.contentType, 500
        ),
        ("name that is none", MultipartBody.form(MultipartBody.file("..", "a")), MultipartBody.contentType, 500),
        (
            "metadata twice",
            MultipartBody.form(
                MultipartBody.part(#"name="metadata""#, "{}") + MultipartBody.part(#"name="metadata""#, "[") + file),
            MultipartBody.contentType, 200
        ),
        (
            "metadata nested deeply",
            MultipartBody.form(MultipartBody.part(#"name="metadata""#, HostileValue.deep[0]) + file),
            MultipartBody.contentType, 200
        ),
        (
            "metadata of 10 MB",
            MultipartBody.form(MultipartBody.part(#"name="metadata""#, HostileValue.longName) + file),
            MultipartBody.contentType, 500
        ),
        (
            "metadata of brackets",
            MultipartBody.form(MultipartBody.part(#"name="metadata""#, String(repeating: "{", count: 500_000)) + file),
            MultipartBody.contentType, 200
        ),
        (
            "workspaces twice",
            MultipartBody.form(
                file + MultipartBody.part(#"name="addToWorkspaces""#, "ops")
                    + MultipartBody.part(#"name="addToWorkspaces""#, "ops")), MultipartBody.contentType, 422
        ),
        (
            "workspaces a hundred thousand times",
            MultipartBody.form(
                file + String(repeating: MultipartBody.part(#"name="addToWorkspaces""#, "o"), count: 100_000)),
            MultipartBody.contentType, 422
        ),
        (
            "a hundred thousand fields",
            MultipartBody.form(String(repeating: MultipartBody.part(#"name="x""#, "y"), count: 100_000) + file),
            MultipartBody.contentType, 200
        ),
        (
            "carriage returns",
            MultipartBody.form(MultipartBody.file("a.txt", String(repeating: "\r\n--X", count: 200_000))),
            MultipartBody.contentType, 200
        ),
    ]

    @Test("are answered as the contract says, and leave nothing behind", arguments: routes)
    func forms(route: WalkedRoute) async throws {
        let fixture = try await WalkFixture(route)
        for (name, form, type, status) in Self.forms {
            try await fixture.check(name, statuses: [status], body: form, contentType: type)
        }
        try await fixture.checkHealth()
    }

    @Test("cut off at every byte", arguments: routes)
    func truncation(route: WalkedRoute) async throws {
        let fixture = try await WalkFixture(route)
        let form = Array(MultipartBody.good.utf8)
        // The line end behind the closing boundary may be missing.
        for count in 0..<form.count - 2 {
            try await fixture.check(
                "\(count) bytes", statuses: [500], shapes: [.document], bytes: Array(form[..<count]),
                contentType: MultipartBody.contentType)
        }
        for count in form.count - 2...form.count {
            try await fixture.check(
                "\(count) bytes", statuses: [200], bytes: Array(form[..<count]), contentType: MultipartBody.contentType)
        }
        try await fixture.checkHealth()
    }

    @Test("every byte turned over: no crash, and a refusal leaves nothing behind", arguments: routes)
    func damage(route: WalkedRoute) async throws {
        let fixture = try await WalkFixture(route)
        let form = Array(MultipartBody.good.utf8)
        for index in form.indices {
            for mask in [0xFF, 0x01, 0x80] as [UInt8] {
                var damaged = form
                damaged[index] ^= mask
                try await fixture.check(
                    "byte \(index)", statuses: [200, 500], bytes: damaged, contentType: MultipartBody.contentType)
            }
        }
        try await fixture.checkHealth()
    }
}
