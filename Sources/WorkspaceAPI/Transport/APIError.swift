import HTTPTypes
import Hummingbird

/// A refusal with its status and its body in the shape of the endpoint (contract/workspaces.md 1.4).
struct APIError: Error {
    let status: HTTPResponse.Status
    let shape: ErrorShape
    let reason: String

    init(_ status: HTTPResponse.Status, _ shape: ErrorShape, _ reason: String) {
        self.status = status
        self.shape = shape
        self.reason = reason
    }

    var response: Response { .json(status, shape.body(reason)) }
}
