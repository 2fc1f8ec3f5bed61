/// Forms of uploads for the walk.
enum MultipartBody {
    static let contentType = "multipart/form-data; boundary=XX"

    static let good = form(part(#"name="metadata""#, #"{"docAuthor":"Ann"}"#) + file("größe.txt", "High wäter."))

    static func part(_ parameters: String, _ content: String) -> String {
        "--XX\r\nContent-Disposition: form-data; \(parameters)\r\n\r\n\(content)\r\n"
    }

    static func file(_ name: String, _ content: String) -> String {
        part(#"name="file"; filename="\#(name)""#, content)
    }

    static func form(_ parts: String) -> String { parts + "--XX--\r\n" }
}
