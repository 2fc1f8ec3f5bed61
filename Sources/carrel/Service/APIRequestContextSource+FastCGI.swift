public import HummingbirdFastCGI
public import Logging
public import WorkspaceAPI
import Workspaces

/// All that the API wants of FastCGI is the id of the key that nginx found, and to know when the client hangs up.
extension APIRequestContextSource: FastCGIContextSource {
    public init(logger: Logger, parameters: FastCGIParameters, hangUp: FastCGIHangUp) {
        self.init(
            logger: logger, keyID: parameters["CARREL_KEY_ID"],
            hangUp: HangUp(begin: hangUp.beginCancelling, end: hangUp.endCancelling))
    }
}
