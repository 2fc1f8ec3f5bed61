public import HummingbirdFastCGI
public import Logging
public import WorkspaceAPI

/// All that the API wants of FastCGI is the id of the key that nginx found.
extension APIRequestContextSource: FastCGIContextSource {
    public init(logger: Logger, parameters: FastCGIParameters) {
        self.init(logger: logger, keyID: parameters["CARREL_KEY_ID"])
    }
}
