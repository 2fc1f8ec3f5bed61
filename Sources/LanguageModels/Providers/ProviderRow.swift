/// One provider: how it is called and configured, which wire form it speaks, where it is special.
struct ProviderRow: Sendable {
    let id: String
    /// Class name in the metrics.
    let className: String
    var form: WireForm
    var address: BaseAddress
    var credential: Credential?
    var model = ModelRule()
    let window: WindowRule
    var listing: ModelListing?
    var temperature = 0.7
    var tools = ToolCallingRule.always
    /// Settings beside those of address, key, model and window.
    var settings: [ProviderSetting] = []
}
