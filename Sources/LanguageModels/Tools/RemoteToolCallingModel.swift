import DescriptorWaiting

/// A tool calling model behind an endpoint.
protocol RemoteToolCallingModel: ToolCallingModel {
    var endpoint: ProviderEndpoint { get set }
}

extension RemoteToolCallingModel {
    func until(_ deadline: ContinuousClock.Instant) -> any ToolCallingModel {
        var model = self
        model.endpoint.timeouts.deadline = MonotonicClock.now(adding: ContinuousClock.now.duration(to: deadline))
        return model
    }
}
