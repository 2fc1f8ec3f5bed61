import CCurl
import DescriptorWaiting
import Glibc

/// What all connections share: names that were resolved, TLS sessions, and the system's certificates, read once.
///
/// @unchecked Sendable: nothing changes after `init`; libcurl changes what `share` holds under the locks given here, and
/// OpenSSL guards the certificates itself.
final class CurlGlobals: @unchecked Sendable {
    static let shared = CurlGlobals()

    let share: UnsafeMutableRawPointer?
    /// nil when the system's certificates cannot be read; then no certificate is trusted.
    let trusted: UnsafeMutableRawPointer?
    private let locks: UnsafeMutablePointer<pthread_mutex_t>
    private static let lockCount = Int(CURL_LOCK_DATA_LAST.rawValue)

    private init() {
        curl_global_init(Int(CURL_GLOBAL_DEFAULT))
        // OpenSSL writes without MSG_NOSIGNAL.
        BrokenPipeSignal.ignoreIfDefault()
        trusted = curl_shim_trusted()
        share = curl_share_init()
        locks = .allocate(capacity: Self.lockCount)
        for number in 0..<Self.lockCount { pthread_mutex_init(locks + number, nil) }
        guard let share else { return }
        curl_shim_set_sharing(
            share, { _, data, _, locks in pthread_mutex_lock(CurlGlobals.lock(data, locks)) },
            { _, data, locks in pthread_mutex_unlock(CurlGlobals.lock(data, locks)) }, locks)
    }

    private static func lock(
        _ data: curl_lock_data, _ locks: UnsafeMutableRawPointer?
    ) -> UnsafeMutablePointer<pthread_mutex_t> {
        // libcurl gives back the pointer of `init`; were it lost, locking would be undefined either way.
        let locks = locks ?? UnsafeMutableRawPointer(CurlGlobals.shared.locks)
        return locks.assumingMemoryBound(to: pthread_mutex_t.self) + Int(data.rawValue)
    }
}
