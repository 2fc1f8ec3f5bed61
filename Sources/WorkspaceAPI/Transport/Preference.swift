import HTTPTypes
import Hummingbird

/// What a client prefers (RFC 7240).
enum Preference {
    /// Whether the client would rather be told where to look than wait: `Prefer: respond-async` or `?async=true`.
    static func isAsync(_ request: Request) -> Bool {
        if QueryParameters(request).isOn("async") { return true }
        guard let name = HTTPField.Name("Prefer") else { return false }
        return request.headers[values: name].contains { value in
            value.split(separator: ",").contains { preference in
                let token = preference.prefix { $0 != ";" && $0 != "=" }
                return token.filter { !$0.isWhitespace }.lowercased() == "respond-async"
            }
        }
    }
}
