import TestSupport

extension Site {
    /// Uploads a file of any bytes.
    ///
    /// - Parameter name: of the part, as the parameters of its header: `filename="a.txt"`.
    func upload(_ bytes: [UInt8], _ name: String) async throws -> NginxResponse {
        let (folder, boundary) = (try TemporaryDirectory(), "carrel-boundary")
        let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; \(name)\r\n\r\n"
        let form = Array(head.utf8) + bytes + Array("\r\n--\(boundary)--\r\n".utf8)
        return try await nginx.request(
            "POST", "/api/v1/document/upload",
            headers: [authorization, "Content-Type: multipart/form-data; boundary=\(boundary)"],
            uploading: try folder.write(form, to: "form"), scheme: .http)
    }
}
