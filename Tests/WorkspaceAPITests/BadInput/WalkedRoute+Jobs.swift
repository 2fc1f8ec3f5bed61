import HTTPTypes

extension WalkedRoute {
    /// Jobs are beyond the contract: an unknown one is 404 in the common form.
    static let jobs: [WalkedRoute] = [
        WalkedRoute(method: .get, template: "v1/jobs", queries: ["limit": [200], "offset": [200]]),
        job(.get, "v1/jobs/:id"), job(.get, "v1/jobs/:id/events"), job(.delete, "v1/jobs/:id"),
    ]

    private static func job(_ method: HTTPRequest.Method, _ template: String) -> WalkedRoute {
        WalkedRoute(
            method: method, template: template, parameters: ["id": "j1"], refusals: [404: [.error]],
            unknown: ["id": [404]])
    }
}
