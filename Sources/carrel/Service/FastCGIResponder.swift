import Hummingbird
import HummingbirdFastCGI
import WorkspaceAPI

/// Takes a request from the transport to the API: all that the API wants of FastCGI is the id of the key.
struct FastCGIResponder: HTTPResponder {
    typealias Context = BasicFastCGIRequestContext

    let router: RouterResponder<APIRequestContext>

    func respond(to request: Request, context: Context) async throws -> Response {
        let source = APIRequestContextSource(
            logger: context.logger, keyID: context.fastCGIParameters["CARREL_KEY_ID"])
        return try await router.respond(to: request, context: APIRequestContext(source: source))
    }
}
